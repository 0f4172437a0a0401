namespace CertFunctions.Core.Tests;

public sealed class LmsIdTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("u-17")]
    [InlineData("Ada.Lovelace_1@example.com")]
    public void Accepts_what_an_lms_gives(string text)
    {
        Assert.True(LmsId.TryParse(text, out var id));
        Assert.Equal(text, id.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-u")]
    [InlineData("@u")]
    [InlineData("u 1")]
    [InlineData("u/1")]
    [InlineData("u\\1")]
    [InlineData("u#1")]
    [InlineData("u?1")]
    [InlineData("u%1")]
    [InlineData("u!1")]
    [InlineData("u\n")]
    [InlineData("ü")]
    [InlineData("u😀")]
    public void Refuses_everything_else(string? text) => Assert.False(LmsId.TryParse(text, out _));

    [Fact]
    public void Has_at_most_128_characters()
    {
        Assert.True(LmsId.TryParse(new string('a', LmsId.MaxLength), out _));
        Assert.False(LmsId.TryParse(new string('a', LmsId.MaxLength + 1), out _));
    }

    [Fact]
    public void Is_case_sensitive() => Assert.NotEqual(LmsId.Parse("U-1"), LmsId.Parse("u-1"));
}
