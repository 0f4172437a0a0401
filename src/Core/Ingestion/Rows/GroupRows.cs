using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>Rows that create or rename groups and, where they name a user, make the user a member.</summary>
internal sealed class GroupRows(CsvFormat format) : IRowKind
{
    private readonly int groupId = format.IndexOf(CsvColumns.GroupId);
    private readonly int groupName = format.IndexOf(CsvColumns.GroupName);
    private readonly int userId = format.IndexOf(CsvColumns.UserId);
    private readonly RowsSeen seen = new();
    private List<RunTask> tasks = [];

    public void Restore(ReadOnlySpan<byte> remembered) => seen.Restore(remembered);

    public void Add(DecidedTask task) => tasks.Add(task);

    public void Read(CsvRowReader row)
    {
        var (group, user) = (row.Id(groupId), row.Id(userId));
        var name = row.Text(groupName);
        var error = WhatIsWrong(row, group, name, user)
            ?? (seen.Add(group!.Value, user?.Value ?? "", row.Line) is { } line ? RowErrors.Duplicate(line, "group and user") : null);
        tasks.Add(error?.Task(row.Line) ?? (RunTask)new GroupTask(group!, name) { UserId = user, Line = row.Line });
    }

    public ValueTask<IReadOnlyList<RunTask>> FinishAsync(bool isLast, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunTask> finished = tasks;
        tasks = [];
        return ValueTask.FromResult(finished);
    }

    public ReadOnlyMemory<byte> Remember() => seen.Remember();

    private RowError? WhatIsWrong(CsvRowReader row, LmsId? group, string name, LmsId? user) => name switch
    {
        _ when group is null => RowErrors.GroupIdInvalid(row.Text(groupId)),
        "" => new(ErrorCode.NameInvalid, $"{CsvColumns.GroupName} is blank."),
        _ when TextRule.Name.WhyNot(name) is { } why => new(ErrorCode.NameInvalid, $"{CsvColumns.GroupName} {why}."),
        _ when user is null && row.Cell(userId).Length > 0 => RowErrors.UserIdInvalid(row.Text(userId)),
        _ => null,
    };
}
