using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>Rows that create or change users. A blank cell clears email and branch; a column that is missing keeps them.</summary>
internal sealed class UserRows(CsvFormat format) : IRowKind
{
    private readonly int userId = format.IndexOf(CsvColumns.UserId);
    private readonly int username = format.IndexOf(CsvColumns.Username);
    private readonly int firstName = format.IndexOf(CsvColumns.FirstName);
    private readonly int lastName = format.IndexOf(CsvColumns.LastName);
    private readonly int email = format.IndexOf(CsvColumns.Email);
    private readonly int branchId = format.IndexOf(CsvColumns.BranchId);
    private readonly int active = format.IndexOf(CsvColumns.Active);

    /// <summary>Of each row its id and its username.</summary>
    private readonly RowsSeen seen = new(2 * Limits.CsvRowsRemembered);
    private List<RunTask> tasks = [];

    public void Restore(ReadOnlySpan<byte> remembered) => seen.Restore(remembered);

    public void Add(DecidedTask task) => tasks.Add(task);

    public void Read(CsvRowReader row)
    {
        var id = row.Id(userId);
        var name = row.Text(username);
        var mail = row.Text(email);
        var edit = new UserEdit(
            name, row.Text(firstName), row.Text(lastName), mail.Length == 0 ? null : mail, row.Id(branchId), RowWords.YesOrNo(row.Cell(active)));
        var error = WhatIsWrong(row, id, edit) ?? WhoCameFirst(row.Line, id!, name);
        tasks.Add(error is null
            ? new UserTask(edit) { UserId = id, Username = name, Line = row.Line, KeepsEmail = email < 0, KeepsBranch = branchId < 0 }
            : error.Task(row.Line, name.Length == 0 ? null : name, id));
    }

    public ValueTask<IReadOnlyList<RunTask>> FinishAsync(bool isLast, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunTask> finished = tasks;
        tasks = [];
        return ValueTask.FromResult(finished);
    }

    public ReadOnlyMemory<byte> Remember() => seen.Remember();

    /// <summary>The first row of an id, and of a username, counts. A row that does not count is nobody's first.</summary>
    private RowError? WhoCameFirst(int line, LmsId id, string name)
    {
        var folded = FoldedText.Of(name);
        if (seen.LineOf(CsvColumns.UserId, id.Value) is { } sameId)
        {
            return RowErrors.Duplicate(sameId, CsvColumns.UserId);
        }

        if (seen.LineOf(CsvColumns.Username, folded) is { } sameName)
        {
            return RowErrors.Duplicate(sameName, CsvColumns.Username);
        }

        seen.Add(CsvColumns.UserId, id.Value, line);
        seen.Add(CsvColumns.Username, folded, line);
        return null;
    }

    private RowError? WhatIsWrong(CsvRowReader row, LmsId? id, UserEdit edit) => edit switch
    {
        { Username.Length: 0 } => RowErrors.UsernameBlank,
        _ when id is null => RowErrors.UserIdInvalid(row.Text(userId)),
        _ when TextRule.Username.WhyNot(edit.Username) is { } why => new(ErrorCode.UsernameInvalid, $"{CsvColumns.Username} {why}."),
        _ when TextRule.PersonName.WhyNot(edit.FirstName) is { } why => new(ErrorCode.NameInvalid, $"{CsvColumns.FirstName} {why}."),
        _ when TextRule.PersonName.WhyNot(edit.LastName) is { } why => new(ErrorCode.NameInvalid, $"{CsvColumns.LastName} {why}."),
        { Email: { } address } when TextRule.Email.WhyNot(address) is { } why => new(ErrorCode.EmailInvalid, $"{CsvColumns.Email} {why}."),
        { Active: null } when row.Cell(active).Length > 0 => RowErrors.ActiveInvalid(row.Text(active)),
        { BranchId: null } when row.Cell(branchId).Length > 0 => RowErrors.BranchNotFound(row.Text(branchId)),
        _ => null,
    };
}
