using CertFunctions.Core.Ingestion;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Ingestion;

/// <summary>Every minute, takes in files that no trigger has reported: a trigger can miss one.</summary>
public sealed class ReconcileImports(ImportService imports, IngestionLog log)
{
    /// <summary>How long a file is left to the triggers.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Function(nameof(ReconcileImports))]
    public async Task Run([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await foreach (var (file, outcome) in imports.ReconcileAsync(Patience, cancellationToken))
        {
            log.Note(file.Path, outcome);
        }
    }
}
