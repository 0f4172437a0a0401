using Azure.Data.Tables;

namespace CertFunctions.Functions.Storage.Transactions;

/// <summary>
/// Refuses what table storage refuses, before it is sent: the emulator accepts some of it, and the service's own
/// words for the rest say nothing. Limits of "Performing entity group transactions" and of the table data model.
/// </summary>
internal static class TransactionGuard
{
    public const int MaxOperations = 100;
    public const int MaxTransactionBytes = 4 * 1024 * 1024;
    public const int MaxEntityBytes = 1024 * 1024;
    public const int MaxPropertyBytes = 64 * 1024;
    public const int MaxProperties = 252;
    public const int MaxKeyCharacters = 512;

    /// <summary>What the envelope of one operation takes in the request, generously.</summary>
    public const int OperationOverheadBytes = 700;

    private static readonly DateTimeOffset EarliestDate = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="InvalidOperationException">A bug of ours: the message names the limit.</exception>
    public static void Check(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count is < 1 or > MaxOperations)
        {
            throw Broken($"A transaction has 1-{MaxOperations} operations, not {actions.Count}.");
        }

        var bytes = actions.Count * OperationOverheadBytes;
        var partition = actions[0].Entity.PartitionKey;
        var rowKeys = new HashSet<string>(actions.Count, StringComparer.Ordinal);
        foreach (var action in actions)
        {
            if (action.Entity.PartitionKey != partition)
            {
                throw Broken("A transaction stays in one partition.");
            }

            if (!rowKeys.Add(action.Entity.RowKey))
            {
                throw Broken("A transaction touches a row once.");
            }

            bytes += Check((TableEntity)action.Entity);
        }

        if (bytes > MaxTransactionBytes)
        {
            throw Broken($"A transaction has at most {MaxTransactionBytes} bytes, not {bytes}.");
        }
    }

    /// <returns>The size of the entity in bytes.</returns>
    public static int Check(TableEntity entity)
    {
        if (entity.RowKey.Length > MaxKeyCharacters || entity.PartitionKey.Length > MaxKeyCharacters)
        {
            throw Broken($"A key has at most {MaxKeyCharacters} characters.");
        }

        if (entity.Count > MaxProperties)
        {
            throw Broken($"An entity has at most {MaxProperties} properties, not {entity.Count}.");
        }

        var bytes = 0;
        foreach (var (name, value) in entity)
        {
            bytes += CheckProperty(name, value);
        }

        return bytes <= MaxEntityBytes ? bytes : throw Broken($"An entity has at most {MaxEntityBytes} bytes, not {bytes}.");
    }

    private static int CheckProperty(string name, object? value)
    {
        var bytes = SizeOf(value);
        if (bytes > MaxPropertyBytes)
        {
            throw Broken($"A property has at most {MaxPropertyBytes} bytes; {name} has {bytes}.");
        }

        return DateOf(value) < EarliestDate
            ? throw Broken($"Storage keeps no dates before 1601; {name} is one.")
            : bytes + (2 * name.Length) + 8;
    }

    private static DateTimeOffset? DateOf(object? value) => value switch
    {
        DateTimeOffset instant => instant,
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        _ => null,
    };

    private static int SizeOf(object? value) => value switch
    {
        string text => 2 * text.Length,
        byte[] bytes => bytes.Length,
        BinaryData data => data.ToMemory().Length,
        _ => 8,
    };

    private static InvalidOperationException Broken(string limit) => new(limit);
}
