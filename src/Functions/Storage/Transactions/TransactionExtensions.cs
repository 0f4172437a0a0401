using Azure.Data.Tables;

namespace CertFunctions.Functions.Storage.Transactions;

internal static class TransactionExtensions
{
    /// <summary>Sends one entity group transaction and sorts what came back; throws only for bugs and cancellation.</summary>
    public static async Task<SubmitOutcome> SubmitAsync(
        this TableClient table, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        TransactionGuard.Check(actions);
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
