using Azure;
using CertFunctions.Functions.Http;

namespace CertFunctions.Functions.Tests.Http;

public sealed class FailuresTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(408, true)]
    [InlineData(412, false)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    public void Tells_a_storage_that_is_away_from_a_wrong_request(int status, bool isTrouble)
    {
        var failure = new RequestFailedException(status, "x");

        Assert.Equal(isTrouble, failure.IsStorageTrouble());
        Assert.Equal(isTrouble, new AggregateException(failure, new AggregateException(failure)).IsStorageTrouble());
        Assert.Equal(isTrouble, new TaskCanceledException("x", failure).IsStorageTrouble());
    }

    [Fact]
    public void Does_not_take_a_bug_for_storage_trouble()
    {
        Assert.False(new InvalidOperationException("x").IsStorageTrouble());
        Assert.False(new OperationCanceledException("x").IsStorageTrouble());
        Assert.False(new AggregateException(new TimeoutException(), new InvalidOperationException()).IsStorageTrouble());
    }
}
