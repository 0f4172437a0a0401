namespace CertFunctions.Core.Tests;

public sealed class ChangeTests
{
    [Theory]
    [InlineData(null, "a", true, true)]
    [InlineData("a", "b", false, true)]
    [InlineData("a", "a", false, false)]
    [InlineData("a", null, false, true)]
    [InlineData(null, null, false, false)]
    public void Tells_what_is_new_and_what_is_as_it_was(string? before, string? after, bool created, bool changed)
    {
        var change = new Change<string>(before, after);

        Assert.Equal((created, changed), (change.Created, change.Changed));
    }

    [Fact]
    public void Shows_what_was_and_what_is()
    {
        Assert.Equal(new Change<string>(null, "B"), new Change<string>(null, "b").Select(Upper));
        Assert.Equal(new Change<string>("A", null), new Change<string>("a", null).Select(Upper));

        static string Upper(string text) => text.ToUpperInvariant();
    }

    [Fact]
    public void What_is_gone_has_no_value() => Assert.Throws<InvalidOperationException>(() => new Change<string>("a", null).Value);
}
