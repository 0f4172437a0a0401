using System.Text;
using CsCheck;

namespace CertFunctions.Core.Tests;

public sealed class TrimmedTextTests
{
    /// <summary>Texts of what is trimmed, of what looks like it but is not, and of letters of one to four bytes.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
        " ", "\t", "\n", "\r", "\u0085", "\u00A0", "\u1680", "\u2003", "\u202F", "\u3000", "\u200B", "\u200D", "\u200E", "\u2060", "\uFEFF",
        "a", "'", "\u0000", "\u0080", "\u202E", "\u2800", "\uFFFD", "\u00EB", "\u05D0", "\u2764\uFE0F", "\U0001F525").Array[0, 8].Select(string.Concat);

    [Theory]
    [InlineData(" ada ", "ada")]
    [InlineData("\u00A0ada\u00A0", "ada")]
    [InlineData("\uFEFF\u200Bada\u200B \t", "ada")]
    [InlineData("ada\r\n", "ada")]
    [InlineData("ada \u200B love", "ada \u200B love")]
    [InlineData("\u200B \u00A0", "")]
    [InlineData("\u202Eada", "\u202Eada")]
    [InlineData("", "")]
    public void Nothing_unseen_stays_at_the_ends(string text, string trimmed) => Assert.Equal(trimmed, TrimmedText.Of(text));

    [Fact]
    public void A_text_and_its_bytes_are_trimmed_alike() => Texts.Sample(text =>
        Assert.Equal(TrimmedText.Of(text), Encoding.UTF8.GetString(TrimmedText.Of(Encoding.UTF8.GetBytes(text)))));

    [Fact]
    public void Trimming_again_and_what_stood_around_it_changes_nothing() => Gen.Select(Texts, Texts).Sample((text, other) =>
    {
        var trimmed = TrimmedText.Of(text);
        Assert.Equal(trimmed, TrimmedText.Of(trimmed));
        Assert.Contains(trimmed, text, StringComparison.Ordinal);
        if (TrimmedText.Of(other).Length == 0)
        {
            Assert.Equal(trimmed, TrimmedText.Of(other + text + other));
        }
    });

    [Fact]
    public void Bytes_that_are_no_UTF8_stay() => Assert.Equal([0xC2, (byte)'a', 0xA0], TrimmedText.Of([(byte)' ', 0xC2, (byte)'a', 0xA0]).ToArray());
}
