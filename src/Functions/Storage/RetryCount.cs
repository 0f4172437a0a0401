using Azure.Core;
using Azure.Core.Pipeline;
using CertFunctions.Functions.Telemetry;

namespace CertFunctions.Functions.Storage;

/// <summary>Counts what the SDK sends again by itself.</summary>
internal sealed class RetryCount(string service) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.ProcessingContext.RetryNumber > 0)
        {
            AppMetrics.StorageRetries.Add(1, AppMetrics.Tag("service", service));
        }
    }
}
