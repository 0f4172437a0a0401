namespace CertFunctions.Core.Tests;

public sealed class ExcerptTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("abcd", "abcd")]
    [InlineData("abcde", "abc…")]
    [InlineData("ab\U0001F600e", "ab…")]
    [InlineData("a\U0001F600de", "a\U0001F600…")]
    public void Keeps_the_beginning_and_no_half_of_a_character(string? text, string? kept) => Assert.Equal(kept, Excerpt.Of(text, 4));
}
