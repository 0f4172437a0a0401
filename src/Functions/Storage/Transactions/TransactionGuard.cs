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
    private const int OperationOverheadBytes = 700;

    private static readonly DateTimeOffset EarliestDate = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="InvalidOperationException">A bug of ours: the message names the limit.</exception>
    public static void Check(IReadOnlyList<TableTransactionAction> actions)
    {
        Require(actions.Count is >= 1 and <= MaxOperations, $"A transaction has 1-{MaxOperations} operations, not {actions.Count}.");
        Require(
            actions.All(action => action.Entity.PartitionKey == actions[0].Entity.PartitionKey),
            "A transaction stays in one partition.");
        Require(
            actions.DistinctBy(action => action.Entity.RowKey).Count() == actions.Count,
            "A transaction touches a row once.");
        var bytes = actions.Sum(action => Check((TableEntity)action.Entity) + OperationOverheadBytes);
        Require(bytes <= MaxTransactionBytes, $"A transaction has at most {MaxTransactionBytes} bytes, not {bytes}.");
    }

    /// <returns>The size of the entity in bytes.</returns>
    public static int Check(TableEntity entity)
    {
        Require(
            entity.RowKey.Length <= MaxKeyCharacters && entity.PartitionKey.Length <= MaxKeyCharacters,
            $"A key has at most {MaxKeyCharacters} characters.");
        Require(entity.Count <= MaxProperties, $"An entity has at most {MaxProperties} properties, not {entity.Count}.");
        var bytes = entity.Sum(CheckProperty);
        Require(bytes <= MaxEntityBytes, $"An entity has at most {MaxEntityBytes} bytes, not {bytes}.");
        return bytes;
    }

    private static int CheckProperty(KeyValuePair<string, object?> property)
    {
        var bytes = SizeOf(property.Value);
        Require(bytes <= MaxPropertyBytes, $"A property has at most {MaxPropertyBytes} bytes; {property.Key} has {bytes}.");
        Require(
            DateOf(property.Value) is not { } date || date >= EarliestDate,
            $"Storage keeps no dates before 1601; {property.Key} is one.");
        return bytes + (2 * property.Key.Length) + 8;
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

    private static void Require(bool holds, string limit)
    {
        if (!holds)
        {
            throw new InvalidOperationException(limit);
        }
    }
}
