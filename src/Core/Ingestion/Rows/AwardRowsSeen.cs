using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>
/// Which rows for one user and certification count. Under keepNewest those with different issue dates all do: a training history in one
/// file. Else, and of those with the same date, the first does. So it is where one unassigns: there is no newest of the two.
/// </summary>
/// <param name="hasActions">The file may have rows that unassign. Then two entries are kept for a row.</param>
internal sealed class AwardRowsSeen(OnExisting onExisting, bool hasActions)
{
    /// <summary>No day has these numbers.</summary>
    private const int Any = -1;
    private const int Revocation = -2;

    private readonly RowsSeen seen = new((hasActions ? 2 : 1) * Limits.CsvRowsRemembered);
    private readonly bool areDatesCompared = onExisting == OnExisting.KeepNewest;

    public void Restore(ReadOnlySpan<byte> remembered) => seen.Restore(remembered);

    public ReadOnlyMemory<byte> Remember() => seen.Remember();

    /// <param name="issuedOn">Null: the row unassigns.</param>
    /// <returns>The line of the row that counts instead; null: this one counts.</returns>
    public int? Add(LmsId userId, CertificationCode code, DateOnly? issuedOn, int line)
    {
        if (!areDatesCompared)
        {
            return seen.Add(userId.Value, code.Key, line, Any);
        }

        var before = issuedOn switch
        {
            null => seen.LineOf(userId.Value, code.Key, Any),
            _ when hasActions => seen.LineOf(userId.Value, code.Key, Revocation),
            _ => null,
        };
        before ??= seen.Add(userId.Value, code.Key, line, issuedOn?.DayNumber ?? Revocation);
        if (before is null && hasActions)
        {
            seen.Add(userId.Value, code.Key, line, Any);
        }

        return before;
    }
}
