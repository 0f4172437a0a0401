namespace CertFunctions.Functions.Tests;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("awards/november.csv", "awards/november.csv")]
    [InlineData("a\r\nwarn: forged", "a\uFFFD\uFFFDwarn: forged")]
    [InlineData("a\u001b[31mb\u0085c\u2028d\u202Ee", "a\uFFFD[31mb\uFFFDc\uFFFDd\uFFFDe")]
    [InlineData("", "")]
    public void Holds_no_character_that_a_log_would_act_on(string text, string expected) => Assert.Equal(expected, LogText.Of(text));

    /// <summary>Not as inline data, which is stored as UTF-8 and has no lone surrogates.</summary>
    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Assert.Equal("\ud83d\ude00\uFFFD", LogText.Of("\ud83d\ude00\ud83d"));

    [Fact]
    public void Is_cut_to_a_readable_length()
    {
        Assert.Equal(new string('a', LogText.Length), LogText.Of(new string('a', LogText.Length)));
        Assert.Equal(new string('a', LogText.Length - 1) + "…", LogText.Of(new string('a', LogText.Length + 1)));
        Assert.Null(LogText.Of(null));
    }
}
