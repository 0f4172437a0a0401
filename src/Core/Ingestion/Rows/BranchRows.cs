using System.Text.Json;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>
/// Rows that create or change branches. A parent may come later in the file, so that they are kept until its end: there can be no more
/// than <see cref="Limits.Branches"/> anyway.
/// </summary>
internal sealed class BranchRows(CsvFormat format) : IRowKind
{
    private readonly int branchId = format.IndexOf(CsvColumns.BranchId);
    private readonly int branchName = format.IndexOf(CsvColumns.Name);
    private readonly int parentId = format.IndexOf(CsvColumns.ParentId);
    private readonly BranchRowOrder branches = new();
    private readonly List<BranchLine> added = [];
    private List<RunTask> decided = [];

    public void Restore(ReadOnlySpan<byte> remembered)
    {
        foreach (var row in JsonSerializer.Deserialize<BranchLine[]>(remembered)!)
        {
            branches.TryAdd(row, out _);
        }
    }

    public void Add(DecidedTask task) => decided.Add(task);

    public void Read(CsvRowReader row)
    {
        var branch = new BranchLine(row.Line, row.Text(branchId), row.Text(branchName), row.Text(parentId) is { Length: > 0 } parent ? parent : null);
        var error = WhatIsWrong(branch)
            ?? (branches.TryAdd(branch, out var before) ? null
                : before is { } line ? RowErrors.Duplicate(line, CsvColumns.BranchId)
                : RowErrors.BranchLimitReached);
        if (error is null)
        {
            added.Add(branch);
        }
        else
        {
            decided.Add(error.Task(row.Line));
        }
    }

    public ValueTask<IReadOnlyList<RunTask>> FinishAsync(bool isLast, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunTask> finished = isLast ? [.. decided, .. branches.ParentsFirst()] : decided;
        decided = [];
        return ValueTask.FromResult(finished);
    }

    public ReadOnlyMemory<byte> Remember()
    {
        var remembered = JsonSerializer.SerializeToUtf8Bytes(added);
        added.Clear();
        return remembered;
    }

    private static RowError? WhatIsWrong(BranchLine row) => row.Name switch
    {
        _ when !LmsId.TryParse(row.Id, out _) => RowErrors.BranchIdInvalid(row.Id),
        "" => new(ErrorCode.NameInvalid, $"{CsvColumns.Name} is blank."),
        var name when TextRule.Name.WhyNot(name) is { } why => new(ErrorCode.NameInvalid, $"{CsvColumns.Name} {why}."),
        _ when row.ParentId is { } parent && !LmsId.TryParse(parent, out _) => RowErrors.BranchNotFound(parent),
        _ => null,
    };
}
