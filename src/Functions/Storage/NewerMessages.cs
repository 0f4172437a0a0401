using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Storage;

/// <summary>
/// Keeps what a newer app has sent and this one cannot read, where both run for a while, or the newer one was taken back: it goes to its
/// queue again, and waits there for an app that can.
/// </summary>
public sealed partial class NewerMessages(StorageClients storage, ILogger<NewerMessages> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <param name="queue">Where it came from, before it was given up.</param>
    /// <param name="version">The newest that this app can read.</param>
    /// <returns>False: it is no message of a newer version.</returns>
    public async Task<bool> TryReturnAsync(string queue, string message, int version, CancellationToken cancellationToken)
    {
        if (VersionOf(message) is not { } found || found <= version)
        {
            return false;
        }

        Returned(queue, found, version);
        await storage.Queue(queue).SendMessageAsync(message, Pause, cancellationToken: cancellationToken);
        return true;
    }

    private static int? VersionOf(string message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("v", out var version)
                && version.ValueKind == JsonValueKind.Number
                && version.TryGetInt32(out var number) ? number : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A message in {Queue} is of version {Found}; this app reads {Version}. It waits for a newer app")]
    private partial void Returned(string queue, int found, int version);
}
