using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Http.Answers;

/// <summary>By when an HTTP function must have its answer: its cancellation token carries it. Other functions have none.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource source;
    private readonly CancellationTokenRegistration invocation;
    private readonly TimeSpan patience;

    public Deadline(TimeSpan patience, TimeProvider time, CancellationToken invocation)
    {
        this.patience = patience;
        source = new CancellationTokenSource(patience, time);
        this.invocation = invocation.Register(source.Cancel);
    }

    public CancellationToken Token => source.Token;

    public static CancellationToken TokenOf(FunctionContext context) => context.Features.Get<Deadline>()?.Token ?? context.CancellationToken;

    /// <summary>While a body is read its sender has the time, not the storage; afterwards all of it is there again.</summary>
    public static IDisposable? Pause(HttpContext http)
    {
        var deadline = http.Features.Get<Deadline>();
        deadline?.End();
        return deadline is null ? null : new Pausing(deadline);
    }

    /// <summary>The function has its answer: sending a long one may take as long as it takes.</summary>
    public void End() => source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        invocation.Dispose();
        source.Dispose();
    }

    private sealed class Pausing(Deadline deadline) : IDisposable
    {
        public void Dispose() => deadline.source.CancelAfter(deadline.patience);
    }
}
