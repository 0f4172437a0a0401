using System.Diagnostics.CodeAnalysis;
using Azure.Data.Tables;
using CertFunctions.Core.Audit;

namespace CertFunctions.Functions.Storage.Audit;

/// <summary>An entry as it lies in the outbox, beside the change that it is about.</summary>
internal sealed record OutboxLetter(AuditContent Entry, TableEntity Row)
{
    /// <summary>Sorts below every id and every letter that other keys begin with.</summary>
    private const string Prefix = "!audit";

    /// <summary>All letters of a partition.</summary>
    public static RowRange In(string partitionKey) => new(partitionKey, StorageKey.RangeBelow(Prefix));

    public static OutboxLetter Of(string partitionKey, AuditContent entry)
    {
        var row = new TableEntity(partitionKey, KeyOf(entry));
        entry.WriteTo(row);
        return new OutboxLetter(entry, row);
    }

    /// <returns>Null where there is nothing to say.</returns>
    [return: NotNullIfNotNull(nameof(entry))]
    public static OutboxLetter? Of(string partitionKey, AuditEntry? entry) => entry is null ? null : Of(partitionKey, AuditContent.Of(entry));

    public static OutboxLetter Read(TableEntity row) => new(AuditContent.Read(row), row);

    public static string KeyOf(AuditContent entry) => StorageKey.Join(Prefix, entry.Id);

    public TableTransactionAction ToAction() => new(TableTransactionActionType.Add, Row);
}
