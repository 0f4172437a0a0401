using CertFunctions.Functions.Http.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Functions.Tests.Http.Answers;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Cancels_when_its_time_is_up()
    {
        using var deadline = new Deadline(Patience, time, CancellationToken.None);

        time.Advance(Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(deadline.Token.IsCancellationRequested);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(deadline.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task Cancels_when_the_invocation_is_cancelled()
    {
        using var invocation = new CancellationTokenSource();
        using var deadline = new Deadline(Patience, time, invocation.Token);

        await invocation.CancelAsync();

        Assert.True(deadline.Token.IsCancellationRequested);
    }

    [Fact]
    public void Does_not_count_while_a_body_is_read()
    {
        using var deadline = new Deadline(Patience, time, CancellationToken.None);
        var http = new DefaultHttpContext();
        http.Features.Set(deadline);

        using (Deadline.Pause(http))
        {
            time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.False(deadline.Token.IsCancellationRequested);
        time.Advance(Patience);
        Assert.True(deadline.Token.IsCancellationRequested);
    }

    [Fact]
    public void Leaves_a_streamed_answer_its_time()
    {
        using var deadline = new Deadline(Patience, time, CancellationToken.None);

        deadline.End();
        time.Advance(TimeSpan.FromMinutes(10));

        Assert.False(deadline.Token.IsCancellationRequested);
    }
}
