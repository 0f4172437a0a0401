using System.Runtime.InteropServices;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>Rows that award, or unassign, a certification.</summary>
internal sealed class AwardRows(
    CsvFormat format, OnExisting onExisting, RowCertifications certifications, RowUsers users, RowTrainings trainings) : IRows
{
    private const string What = "user and certification";

    private readonly int usernameColumn = format.IndexOf(CsvColumns.Username);
    private readonly int certificationColumn = format.IndexOf(CsvColumns.CertificationCode);
    private readonly AwardRowReader reader = new(format, onExisting);
    private readonly RowsSeen seen = new();
    private readonly List<Pending> pending = [];
    private readonly List<RunTask> tasks = [];

    public void Restore(ReadOnlySpan<byte> remembered) => seen.Restore(remembered);

    public void Add(DecidedTask task) => pending.Add(new Pending { Decided = task });

    public void Read(CsvRows row)
    {
        var username = row.Cell(usernameColumn);
        if (username.Length == 0)
        {
            Add(RowErrors.UsernameBlank.Task(row.Line));
            return;
        }

        var user = users.Named(username);
        var award = reader.Read(row);
        if (award.TrainingId is { } training)
        {
            trainings.Name(training);
        }

        pending.Add(new Pending
        {
            Line = row.Line,
            User = user,
            Username = user.Spelled(username),
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
        if (WhyNot(row) is { } why)
        {
            return why.Task(row.Line, row.Username);
        }

        var training = row.Award.TrainingId is { } id ? trainings.Find(id) : null;
        if (WhyNotWell(row, training) is { } error)
        {
            return error.Task(row.Line, row.Username, row.User.Id);
        }

        var code = row.Certification.Found!.Code;
        return row.Award.IsRevoked
            ? new RevokeTask(code, row.Award.Reason) { Line = row.Line, Username = row.Username, UserId = row.User.Id }
            : new AwardTask(code, row.Award.OrderFor(training)) { Line = row.Line, Username = row.Username, UserId = row.User.Id };
    }

    /// <summary>What comes before anything that is wrong with the user.</summary>
    private static RowError? WhyNot(in Pending row) => row switch
    {
        { Certification.Found: null } => AwardRowErrors.CertificationNotFound(row.Certification.Text),
        { Certification.Found.Status: Certifications.CertificationStatus.Archived, Award.IsRevoked: false } => AwardRowErrors.CertificationArchived,
        { User.Id: null } => AwardRowErrors.UserNotFound,
        _ => null,
    };

    private RowError? WhyNotWell(in Pending row, ExternalTraining? training)
    {
        var error = row.Award.Error
            ?? (row.Award.TrainingId is { } id && training is null ? AwardRowErrors.ExternalTrainingNotFound(id.Value) : null)
            ?? row.Award.LateError;
        if (error is not null)
        {
            return error;
        }

        var before = seen.Add(row.User.Id!.Value, row.Certification.Found!.Code.Key, row.Line);
        return before is { } line ? RowErrors.Duplicate(line, What) : null;
    }

    private readonly struct Pending
    {
        /// <summary>Where given, nothing else is.</summary>
        public DecidedTask? Decided { get; init; }

        public int Line { get; init; }

        public string Username { get; init; }

        public RowUser User { get; init; }

        public RowCertification Certification { get; init; }

        public AwardRow Award { get; init; }
    }
}
