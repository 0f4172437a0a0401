using CertFunctions.Core;
using CertFunctions.Functions.Storage.Jobs;

namespace CertFunctions.Functions.Tests.Storage.Jobs;

public sealed class JobMessageTests
{
    private static readonly JobId Id = JobId.New(DateTimeOffset.UnixEpoch);

    [Fact]
    public void Reads_what_it_writes()
    {
        Assert.Equal((Id, 3), JobMessage.Parse(JobMessage.OfRun(Id, 3)));
        Assert.Equal((Id, 0), JobMessage.Parse(JobMessage.OfJob(Id)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"v\":1}")]
    [InlineData("{\"v\":1,\"jobId\":\"..\",\"run\":0}")]
    [InlineData("{\"v\":1,\"jobId\":\"00000000000000000000000000000000\",\"run\":-1}")]
    [InlineData("{\"v\":1,\"jobId\":\"00000000000000000000000000000000\",\"run\":\"x\"}")]
    [InlineData("{\"v\":0,\"jobId\":\"00000000000000000000000000000000\",\"run\":0}")]
    [InlineData("{\"v\":2,\"jobId\":\"00000000000000000000000000000000\",\"run\":0}")]
    public void Refuses_what_is_no_message_of_this_version(string text)
    {
        Assert.False(JobMessage.TryParse(text, out _, out _));
        Assert.Throws<FormatException>(() => JobMessage.Parse(text));
    }
}
