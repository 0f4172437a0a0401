namespace CertFunctions.Core.Tests;

public sealed class JobIdTests
{
    [Fact]
    public void Sorts_newest_first()
    {
        var at = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

        Assert.True(string.CompareOrdinal(JobId.New(at).Value, JobId.New(at.AddMilliseconds(1)).Value) > 0);
    }

    [Fact]
    public void Is_never_the_same_twice() => Assert.NotEqual(JobId.New(DateTimeOffset.UnixEpoch), JobId.New(DateTimeOffset.UnixEpoch));

    [Fact]
    public void Reads_what_it_writes()
    {
        var id = JobId.New(DateTimeOffset.UnixEpoch);

        Assert.Equal(id, JobId.Parse(id.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000")]
    [InlineData("000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000G")]
    [InlineData("0000000000000000000000000000000A")]
    public void Refuses_everything_else(string? text) => Assert.False(JobId.TryParse(text, out _));
}
