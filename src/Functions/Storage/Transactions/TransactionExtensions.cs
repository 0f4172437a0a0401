using System.Diagnostics;
using Azure.Data.Tables;
using CertFunctions.Functions.Telemetry;

namespace CertFunctions.Functions.Storage.Transactions;

internal static class TransactionExtensions
{
    /// <summary>Sends one entity group transaction and sorts what came back; throws only for bugs and cancellation.</summary>
    public static async Task<SubmitOutcome> SubmitAsync(
        this TableClient table, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        TransactionGuard.Check(actions);
        using var activity = Tracing.Source.StartActivity("SubmitTransaction", ActivityKind.Client);
        activity?.SetTag("db.operation.batch.size", actions.Count);
        var outcome = await SendAsync(table, actions, cancellationToken);
        activity?.SetStatus(outcome is SubmitOutcome.Succeeded ? ActivityStatusCode.Ok : ActivityStatusCode.Error, outcome.GetType().Name);
        return outcome;
    }

    private static async Task<SubmitOutcome> SendAsync(
        TableClient table, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            var responses = await table.SubmitTransactionAsync(actions, cancellationToken);
            return new SubmitOutcome.Succeeded([.. responses.Value.Select(response => response.Headers.ETag?.ToString())]);
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return new SubmitOutcome.Conflict(e.FailedTransactionActionIndex ?? 0);
        }
        catch (Exception e) when (StorageFault.IsTrouble(e, cancellationToken))
        {
            return new SubmitOutcome.Unknown(e);
        }
    }
}
