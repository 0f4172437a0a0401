namespace CertFunctions.Core.Tests;

public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("Ada", "aDA")]
    [InlineData("Zo\u00EB", "ZOE\u0308")]
    [InlineData("x\uFFFEZo\u00EB", "X\uFFFEZOE\u0308")]
    public void Texts_are_the_same_whatever_their_case_and_composition(string one, string other) =>
        Assert.True(FoldedText.AreSame(one, other));

    [Theory]
    [InlineData("ada", "ad\u200Ba")]
    [InlineData("ada", "\u202Eada")]
    [InlineData("ada", "ada\uFFFE")]
    public void What_nobody_sees_makes_a_difference(string one, string other) => Assert.False(FoldedText.AreSame(one, other));
}
