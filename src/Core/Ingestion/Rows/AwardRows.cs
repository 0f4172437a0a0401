using System.Runtime.InteropServices;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>Rows that award, or unassign, a certification.</summary>
internal sealed class AwardRows(
    CsvFormat format, OnExisting onExisting, RowCertifications certifications, RowUsers users, RowTrainings trainings) : IRowKind
{
    private const string What = "user and certification";

    private readonly int usernameColumn = format.IndexOf(CsvColumns.Username);
    private readonly int userIdColumn = format.IndexOf(CsvColumns.UserId);
    private readonly int certificationColumn = format.IndexOf(CsvColumns.CertificationCode);
    private readonly AwardCellsReader reader = new(format, onExisting);
    private readonly AwardRowsSeen seen = new(onExisting, format.IndexOf(CsvColumns.Action) >= 0);
    private readonly List<Pending> pending = [];
    private readonly List<RunTask> tasks = [];

    public void Restore(ReadOnlySpan<byte> remembered) => seen.Restore(remembered);

    public void Add(DecidedTask task) => pending.Add(new Pending { Decided = task });

    public void Read(CsvRowReader row)
    {
        var username = row.Cell(usernameColumn);
        var userId = row.Cell(userIdColumn);
        if (username.Length == 0 && userId.Length == 0)
        {
            Add(RowErrors.UsernameBlank.Task(row.Line));
            return;
        }

        var user = username.Length == 0 ? null : users.Named(username);
        var award = reader.Read(row);
        if (award.TrainingId is { } training)
        {
            trainings.Name(training);
        }

        pending.Add(new Pending
        {
            Line = row.Line,
            User = user,
            Username = user?.Spelled(username),
            IdText = userId.Length == 0 ? null : row.Text(userIdColumn),
            Certification = certifications.Named(row.Cell(certificationColumn)),
            Award = award,
        });
    }

    public async ValueTask<IReadOnlyList<RunTask>> FinishAsync(bool isLast, CancellationToken cancellationToken)
    {
        await certifications.LookUpAsync(cancellationToken);
        await users.LookUpAsync(cancellationToken);
        await trainings.LookUpAsync(cancellationToken);
        tasks.Clear();
        foreach (ref readonly var row in CollectionsMarshal.AsSpan(pending))
        {
            tasks.Add(row.Decided ?? TaskOf(row));
        }

        pending.Clear();
        certifications.Forget();
        users.Forget();
        trainings.Forget();
        return tasks;
    }

    public ReadOnlyMemory<byte> Remember() => seen.Remember();

    private RunTask TaskOf(in Pending row)
    {
        var id = row.Id;
        if (WhyNot(row, id) is { } why)
        {
            return why.Task(row.Line, row.Username);
        }

        var isNamedById = row.IdText is not null;
        if (isNamedById && row.User is not null && row.User.Id != id)
        {
            // By the user's id, so that a user who does not exist at all is found out first.
            return AwardRowErrors.UserMismatch.Task(row.Line, row.Username, id, isNamedById);
        }

        var training = row.Award.TrainingId is { } trainingId ? trainings.Find(trainingId) : null;
        if (WhyNotWell(row, id!, training) is { } error)
        {
            return error.Task(row.Line, row.Username, id, isNamedById);
        }

        var code = row.Certification.Found!.Code;
        return row.Award.IsRevoked
            ? new RevokeTask(code, row.Award.Reason) { Line = row.Line, Username = row.Username, UserId = id, IsNamedById = isNamedById }
            : new AwardTask(code, row.Award.OrderFor(training)) { Line = row.Line, Username = row.Username, UserId = id, IsNamedById = isNamedById };
    }

    /// <summary>What comes before anything that is wrong with the user.</summary>
    private static RowError? WhyNot(in Pending row, LmsId? id) => row switch
    {
        { Certification.Found: null } => AwardRowErrors.CertificationNotFound(row.Certification.Text),
        { Certification.Found.Status: Certifications.CertificationStatus.Archived, Award.IsRevoked: false } => AwardRowErrors.CertificationArchived,
        { User: { Id: null } } => AwardRowErrors.UserNotFound,
        _ when id is null => AwardRowErrors.IdNotFound(row.IdText!),
        _ => null,
    };

    private RowError? WhyNotWell(in Pending row, LmsId userId, ExternalTraining? training)
    {
        var error = row.Award.Error
            ?? (row.Award.TrainingId is { } id && training is null ? AwardRowErrors.ExternalTrainingNotFound(id.Value) : null)
            ?? row.Award.LateError;
        if (error is not null)
        {
            return error;
        }

        var before = seen.Add(userId, row.Certification.Found!.Code, row.Award.Order?.IssuedOn, row.Line);
        return before is { } line ? RowErrors.Duplicate(line, What) : null;
    }

    private readonly struct Pending
    {
        /// <summary>Where given, nothing else is.</summary>
        public DecidedTask? Decided { get; init; }

        public int Line { get; init; }

        /// <summary>Null: the row names the user by the id alone.</summary>
        public string? Username { get; init; }

        /// <summary>Who is called so; null as above.</summary>
        public RowUser? User { get; init; }

        /// <summary>The id that the row names; null: none.</summary>
        public string? IdText { get; init; }

        /// <summary>Whom the row is for: the id decides where it is there. Null: it is no id, or nobody has the username.</summary>
        public LmsId? Id => IdText is null ? User?.Id : LmsId.TryParse(IdText, out var id) ? id : null;

        public RowCertification Certification { get; init; }

        public AwardCells Award { get; init; }
    }
}
