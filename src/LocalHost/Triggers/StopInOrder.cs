using System.Runtime.ExceptionServices;
using Microsoft.Azure.WebJobs.Host.Timers;

namespace CertFunctions.LocalHost.Triggers;

/// <summary>When a listener breaks beyond repair the host stops in order; the SDK's own answer aborts the process.</summary>
internal sealed partial class StopInOrder(IHostApplicationLifetime lifetime, ILogger<StopInOrder> logger)
    : IWebJobsExceptionHandlerFactory, IWebJobsExceptionHandler
{
    public IWebJobsExceptionHandler Create(IHost jobHost) => this;

    public Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod) =>
        OnUnhandledExceptionAsync(exceptionInfo);

    public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
    {
        LogBroken(exceptionInfo.SourceException.Message);
        lifetime.StopApplication();
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Critical, "A trigger broke, the host stops: {Reason}")]
    private partial void LogBroken(string reason);
}
