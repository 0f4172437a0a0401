using CertFunctions.Core.Awarding;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Ingestion.Rows;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;

namespace CertFunctions.Core.Tests.Ingestion;

/// <summary>Reads files as an import does, among a few users, certifications and a training.</summary>
internal sealed class FileReading
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public FileReading()
    {
        foreach (var (id, username) in new[] { ("u-1", "ada"), ("u-2", "Grace"), ("u-3", "Zo\u00EB"), ("u-4", "=cmd"), ("u-5", "zero\u200Bwidth"), ("u-6", "\u05D0\u05D1\u05D2") })
        {
            Users.Add(Sample.User(id, username));
        }

        Certifications.Add(
            Sample.Certification("FIRE-1"), Sample.Certification("GDPR-A"), Sample.Certification("OLD") with { Status = CertificationStatus.Archived });
        Trainings.Add(Sample.Training("EXT-9"));
        Readers = new CsvTaskReaders(Certifications, Users, Trainings);
    }

    public FakeUserStore Users { get; } = new();

    public FakeCertificationStore Certifications { get; } = new();

    public FakeExternalTrainingStore Trainings { get; } = new();

    public CsvTaskReaders Readers { get; }

    public static byte[] FileNamed(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Ingestion", "Files", name));

    public static Outcome<CsvFormat> Detect(byte[] file, ImportKind kind = ImportKind.Awards, string? charset = null) => CsvFormat.Detect(
        file.AsSpan(0, Math.Min(file.Length, CsvFormat.HeadBytes)), file.Length <= CsvFormat.HeadBytes, kind, charset: charset);

    public static CsvFormat FormatOf(byte[] file, ImportKind kind = ImportKind.Awards, string? charset = null) =>
        Detect(file, kind, charset).IsDone(out var format, out var why) ? format : throw new InvalidOperationException(why.Detail);

    public static async Task<byte[]> Utf8Async(CsvFormat format, byte[] file)
    {
        using var text = new MemoryStream();
        await format.Utf8Stream(new MemoryStream(file)).CopyToAsync(text, Cancellation);
        return text.ToArray();
    }

    public async Task<IReadOnlyList<RunTask>> ReadAsync(
        byte[] file, ImportKind kind = ImportKind.Awards, string? charset = null, int chunkBytes = 4 * 1024 * 1024)
    {
        var format = FormatOf(file, kind, charset);
        var text = (await Utf8Async(format, file)).AsMemory();
        var reader = Readers.Open(kind, format);
        var tasks = new List<RunTask>();
        var (from, at, taken) = (format.RowsStart, format.Start, chunkBytes);
        for (var isLast = false; !isLast;)
        {
            var isRest = from + taken >= text.Length;
            var chunk = await reader.ReadAsync(isRest ? text[from..] : text.Slice(from, taken), at, isRest, Cancellation);
            isLast = chunk.IsLast;
            tasks.AddRange(chunk.Tasks);
            (from, at, taken) = (from + chunk.BytesRead, chunk.Next, chunk.BytesRead == 0 ? taken * 2 : chunkBytes);
        }

        return tasks;
    }

    /// <summary>What becomes of a file, in short: why it is refused, or of each line what it does or why it does not.</summary>
    public async Task<string> VerdictOnAsync(byte[] file, ImportKind kind = ImportKind.Awards, string? charset = null) =>
        Detect(file, kind, charset).IsDone(out _, out var why)
            ? string.Join(", ", (await ReadAsync(file, kind, charset)).Select(Verdict))
            : why.Code;

    private static string Verdict(RunTask task) => task.Line + " " + task switch
    {
        AwardTask award => $"award {task.UserId}",
        RevokeTask => $"revoke {task.UserId}",
        UserTask => $"user {task.UserId}",
        GroupTask group => $"group {group.GroupId}+{task.UserId}",
        BranchTask branch => $"branch {branch.BranchId}",
        DecidedTask { Outcome: ChangeOutcome.Skipped } skipped => $"skip {skipped.Code}",
        DecidedTask decided => decided.Code,
        _ => "?",
    };
}
