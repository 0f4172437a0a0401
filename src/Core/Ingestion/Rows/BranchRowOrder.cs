using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>Puts the branches of a file into an order in which each comes after its parent, and else into that of the file.</summary>
internal sealed class BranchRowOrder
{
    private readonly Dictionary<string, BranchLine> rows = new(StringComparer.Ordinal);
    private readonly List<BranchLine> inFileOrder = [];

    /// <param name="before">The line that has the same branch; null: there are too many.</param>
    public bool TryAdd(BranchLine row, out int? before)
    {
        before = rows.GetValueOrDefault(row.Id)?.Line;
        if (before is not null || rows.Count == Limits.Branches)
        {
            return false;
        }

        rows.Add(row.Id, row);
        inFileOrder.Add(row);
        return true;
    }

    /// <returns>A task each; those that lie below themselves fail.</returns>
    public IEnumerable<RunTask> ParentsFirst()
    {
        var placed = new HashSet<BranchLine>(ReferenceEqualityComparer.Instance);
        foreach (var row in inFileOrder)
        {
            var above = new Stack<BranchLine>();
            var next = row;
            while (next is not null && placed.Add(next))
            {
                above.Push(next);
                next = next.ParentId is { } parent ? rows.GetValueOrDefault(parent) : null;
            }

            // Where it led back to one of its own, everything from there down to that one is a circle.
            var inCircle = next is not null && above.Contains(next) ? next : null;
            foreach (var branch in above)
            {
                yield return inCircle is null ? Task(branch) : RowErrors.BranchCycle(branch.Id).Task(branch.Line);
                inCircle = branch == inCircle ? null : inCircle;
            }
        }
    }

    private static BranchTask Task(BranchLine row) =>
        new(LmsId.Parse(row.Id), row.Name, row.ParentId is { } parent ? LmsId.Parse(parent) : null) { Line = row.Line };
}
