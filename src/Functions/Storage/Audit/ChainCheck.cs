using System.Security.Cryptography;
using System.Text;
using CertFunctions.Core.Audit;

namespace CertFunctions.Functions.Storage.Audit;

/// <summary>
/// Judges the entries of a day: they are those that were written, in their order, without a gap, and the index finds each of them. Takes
/// them from the last to the first, as they lie, and remembers no more than one.
/// </summary>
/// <param name="head">Where the chain ends; null: it is missing.</param>
/// <param name="following">What the next day with entries remembers of this one; null: nothing.</param>
internal sealed class ChainCheck(DateOnly day, AuditHead? head, AuditLink? following)
{
    private readonly byte[] index = new byte[SHA256.HashSizeInBytes];
    private (ChainedEntry Entry, bool IsSound)? later;
    private long expected = head?.Count ?? 0;
    private long? broken;
    private string? detail;
    private bool reachesFollowing;

    public int Entries { get; private set; }

    public void Add(ChainedEntry entry)
    {
        Entries++;
        if (entry.Number > expected)
        {
            Break(entry.Number, $"Entry {entry.Number} stands behind the end of the chain.");
        }
        else if (entry.Number < expected)
        {
            Break(entry.Number + 1, $"Entry {entry.Number + 1} is missing.");
        }

        // What an entry that is not sound was chained to says nothing of the one before it.
        if (later is { IsSound: true } next && next.Entry.Number == entry.Number + 1 && !next.Entry.Previous.AsSpan().SequenceEqual(entry.Hash))
        {
            Break(entry.Number, $"Entry {entry.Number} is not the one that the next was chained to.");
        }

        later = (entry, IsSound(entry));
        reachesFollowing |= following is not null && entry.Number == following.Count && following.Hash.AsSpan().SequenceEqual(entry.Hash);
        Note(entry.SubjectKey, entry.Number);
        Note(entry.ActorKey, entry.Number);
        expected = Math.Min(expected, entry.Number - 1);
    }

    /// <summary>A row of the index: all together they must be those of the entries.</summary>
    public void AddIndexRow(string rowKey, long number) => Note(rowKey, number);

    public AuditVerdict Finish()
    {
        if (expected > 0)
        {
            Break(1, "Entry 1 is missing.");
        }
        else if (later is { IsSound: true, Entry: { Number: 1 } first } && !first.Previous.AsSpan().SequenceEqual(AuditHash.OfStart(day, head?.Before)))
        {
            Break(1, "Entry 1 is not chained to the day before.");
        }

        if (head is null && Entries > 0)
        {
            Break(1, "The end of the chain is missing.");
        }

        if (following is not null && !reachesFollowing)
        {
            Break(Math.Min(following.Count, (head?.Count ?? 0) + 1), $"The next day was chained to another entry {following.Count}, or it is missing.");
        }

        if (detail is null && index.Any(octet => octet != 0))
        {
            Break(1, "The index does not fit the entries: a filter by subject or actor may not find all.");
        }

        return new AuditVerdict(day, Entries, broken is { } number ? AuditKeys.IdOf(day, number) : null, detail, head is { Count: > 0 } ? Convert.ToHexStringLower(head.Hash) : null);
    }

    private bool IsSound(ChainedEntry entry)
    {
        if (entry.RowKey != AuditKeys.OfEntry(entry.Number) || !AuditHash.Of(entry.Previous, entry.Number, entry.Content).AsSpan().SequenceEqual(entry.Hash))
        {
            Break(entry.Number, $"Entry {entry.Number} was altered, or stands where it was not written.");
            return false;
        }

        if (later is null && entry.Number == head?.Count && !head.Hash.AsSpan().SequenceEqual(entry.Hash))
        {
            Break(entry.Number, $"Entry {entry.Number} is not the one that the chain ends with.");
        }

        return entry.Number <= expected;
    }

    /// <summary>The first one is reported: as they come from the last to the first, the latest with the least number.</summary>
    private void Break(long number, string why)
    {
        if (broken is null || number <= broken)
        {
            (broken, detail) = (number, why);
        }
    }

    /// <summary>In any order: what is noted twice is as if it had not been.</summary>
    private void Note(string rowKey, long number)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{rowKey}\n{number}"));
        for (var i = 0; i < index.Length; i++)
        {
            index[i] ^= hash[i];
        }
    }
}
