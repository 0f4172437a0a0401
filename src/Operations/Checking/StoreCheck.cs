using CertFunctions.Functions.Storage;

namespace CertFunctions.Operations.Checking;

/// <summary>
/// Reads a whole store at rest and names everything in it that contradicts something else: the one judge of every test of faults, and of what
/// was restored.
/// </summary>
public static class StoreCheck
{
    /// <param name="storage">The store.</param>
    /// <param name="taken">Messages that were taken from their queues and will be delivered again.</param>
    public static async Task<IReadOnlyList<string>> RunAsync(StorageClients storage, IReadOnlyList<QueuedMessage>? taken = null)
    {
        var content = await StoreContent.ReadAsync(storage, taken ?? []);
        return
        [
            .. AwardCheck.Find(content),
            .. HistoryCheck.Find(content),
            .. HolderCountCheck.Find(content),
            .. JobCheck.Find(content),
            .. ReceiptCheck.Find(content),
            .. ResultCheck.Find(content),
            .. CompletionCheck.Find(content),
            .. await DirectoryCheck.FindAsync(content, storage),
            .. await ImportCheck.FindAsync(content, storage),
            .. await AuditCheck.FindAsync(content, storage),
            .. content.PoisonMessages.Select(message => $"An unexplained message lies in {message.Queue}: {message.Text}"),
        ];
    }
}
