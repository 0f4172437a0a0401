using Azure.Data.Tables;
using CertFunctions.Functions.Storage.Transactions;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>What the service refuses and the emulator lets through.</summary>
public sealed class TransactionGuardTests
{
    [Fact]
    public void Lets_100_operations_pass_and_refuses_101()
    {
        TransactionGuard.Check(Rows(100));
        IsRefused(Rows(101), "100 operations");
    }

    [Fact]
    public void Refuses_no_operation() => IsRefused([], "operations");

    [Fact]
    public void Refuses_two_partitions() => IsRefused([Upsert(new("00", "a")), Upsert(new("01", "b"))], "one partition");

    [Fact]
    public void Refuses_one_row_twice() => IsRefused([Upsert(new("00", "a")), Upsert(new("00", "a"))], "row once");

    [Fact]
    public void Lets_64_KiB_of_a_property_pass_and_refuses_more()
    {
        TransactionGuard.Check([Upsert(new("00", "a") { ["text"] = new string('x', 32 * 1024), ["bytes"] = new byte[64 * 1024] })]);
        IsRefused([Upsert(new("00", "a") { ["text"] = new string('x', (32 * 1024) + 1) })], "text has");
        IsRefused([Upsert(new("00", "a") { ["bytes"] = new byte[(64 * 1024) + 1] })], "bytes has");
    }

    [Fact]
    public void Lets_15_full_properties_pass_and_refuses_a_whole_MiB()
    {
        TransactionGuard.Check([Upsert(Filled("a", 15))]);
        IsRefused([Upsert(Filled("a", 16))], "An entity has at most 1048576 bytes");
    }

    [Fact]
    public void Lets_4_entities_of_nearly_a_MiB_pass_and_refuses_5()
    {
        TransactionGuard.Check([.. Enumerable.Range(0, 4).Select(row => Upsert(Filled($"{row}", 15)))]);
        IsRefused([.. Enumerable.Range(0, 5).Select(row => Upsert(Filled($"{row}", 15)))], "A transaction has at most 4194304 bytes");
    }

    [Fact]
    public void Lets_4_MiB_of_a_transaction_pass_and_refuses_a_byte_more()
    {
        TransactionGuard.Check(RowsOf(TransactionGuard.MaxTransactionBytes));
        IsRefused(RowsOf(TransactionGuard.MaxTransactionBytes + 1), $"A transaction has at most 4194304 bytes, not {TransactionGuard.MaxTransactionBytes + 1}");
    }

    [Fact]
    public void Lets_dates_from_1601_on_pass_and_refuses_earlier_ones()
    {
        var earliest = new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);
        TransactionGuard.Check([Upsert(new("00", "a") { ["at"] = earliest })]);
        IsRefused([Upsert(new("00", "a") { ["at"] = earliest.AddTicks(-1) })], "1601");
        IsRefused([Upsert(new("00", "a") { ["at"] = default(DateTimeOffset) })], "1601");
        IsRefused([Upsert(new("00", "a") { ["at"] = new DateTime(1600, 12, 31, 0, 0, 0, DateTimeKind.Utc) })], "1601");
    }

    [Fact]
    public void Lets_keys_of_512_characters_pass_and_refuses_longer_ones()
    {
        TransactionGuard.Check([Upsert(new("00", new string('a', 512)))]);
        IsRefused([Upsert(new("00", new string('a', 513)))], "512 characters");
    }

    private static void IsRefused(IReadOnlyList<TableTransactionAction> actions, string why) =>
        Assert.Contains(why, Assert.Throws<InvalidOperationException>(() => TransactionGuard.Check(actions)).Message, StringComparison.Ordinal);

    private static TableTransactionAction[] Rows(int count) => [.. Enumerable.Range(0, count).Select(row => Upsert(new("00", $"{row}")))];

    /// <summary>Five rows that take so many bytes with what surrounds each.</summary>
    private static TableTransactionAction[] RowsOf(int bytes)
    {
        TableEntity[] rows = [.. Enumerable.Range(0, 5).Select(row => Filled($"{row}", 12))];
        Array.ForEach(rows, row => row["rest"] = Array.Empty<byte>());
        var missing = bytes - rows.Sum(row => TransactionGuard.OperationOverheadBytes + TransactionGuard.Check(row));
        foreach (var (index, row) in rows.Index())
        {
            row["rest"] = new byte[(missing / rows.Length) + (index == 0 ? missing % rows.Length : 0)];
        }

        return [.. rows.Select(Upsert)];
    }

    private static TableTransactionAction Upsert(TableEntity row) => new(TableTransactionActionType.UpsertReplace, row);

    private static TableEntity Filled(string key, int properties)
    {
        var row = new TableEntity("00", key);
        for (var property = 0; property < properties; property++)
        {
            row[$"p{property}"] = new byte[TransactionGuard.MaxPropertyBytes];
        }

        return row;
    }
}
