using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace CertFunctions.TestWorlds.Counting;

/// <summary>
/// Counts the requests of storage clients, each attempt for itself. A transaction of 100 operations is one request, and a query is one
/// request a page: as the storage account bills them.
/// </summary>
public sealed class StorageCounts
{
    private readonly ConcurrentDictionary<string, int> requests = new();

    /// <summary>Requests to tables.</summary>
    public int TableTransactions => Count("table ");

    /// <summary>Messages put on queues.</summary>
    public int Messages => Count("queue POST ");

    /// <summary>What was asked for how often: service, verb, and table and manner where it is one.</summary>
    public IReadOnlyDictionary<string, int> Requests => requests;

    /// <summary>To be given to the clients as their last word on options.</summary>
    public void Watch(ClientOptions options) => options.AddPolicy(new Policy(this, ServiceOf(options)), HttpPipelinePosition.PerRetry);

    public void Reset() => requests.Clear();

    private int Count(string prefix) =>
        requests.Where(request => request.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(request => request.Value);

    private static string ServiceOf(ClientOptions options) => options switch
    {
        TableClientOptions => "table",
        QueueClientOptions => "queue",
        _ => "blob",
    };

    private sealed class Policy(StorageCounts counts, string service) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            var what = $"{service} {message.Request.Method.Method} {MannerOf(message.Request.Uri.ToUri())}";
            counts.requests.AddOrUpdate(what, 1, (_, count) => count + 1);
        }

        /// <summary>For a table its name, with <c>()</c> for a query and <c>(key)</c> for a row; or <c>$batch</c>.</summary>
        private string MannerOf(Uri address)
        {
            if (service != "table")
            {
                return "";
            }

            var last = address.AbsolutePath[(address.AbsolutePath.LastIndexOf('/') + 1)..];
            var keys = last.IndexOf('(', StringComparison.Ordinal);
            return keys < 0 || last.EndsWith("()", StringComparison.Ordinal) ? last : last[..keys] + "(key)";
        }
    }
}
