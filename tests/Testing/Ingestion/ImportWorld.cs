using System.Text;
using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Rows;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Testing.Ingestion;

/// <summary>Everything that an import needs, in memory, with users u-0, u-1, … called name.u-0, … and certification FIRE-1.</summary>
public sealed class ImportWorld
{
    private const string Header = "username,certification_code,certification_issue_date,always_valid,type\n";

    public ImportWorld(int users = 0, ImportSettings? settings = null)
    {
        Users = Jobs.AddUsers(users);
        Files = new FakeImportFiles(Jobs.Time);
        Service = new ImportService(Files, Imports, Jobs.Jobs, Jobs.Start, Jobs.Clock);
        var readers = new RowReaders(Jobs.Certifications, Jobs.Users, Jobs.Trainings);
        var reader = new ImportReader(Files, Imports, Jobs.Selections, readers, Jobs.Jobs, Jobs.Clock, settings ?? ImportSettings.Default);
        Steps = new ImportSteps(Jobs.Jobs, Jobs.Awards, Jobs.Queue, reader, new ImportReporter(Files, Imports, Jobs.Awards), Jobs.Progress);
    }

    public JobWorld Jobs { get; } = new();

    public IReadOnlyList<LmsId> Users { get; }

    public FakeImportFiles Files { get; }

    public FakeImportStore Imports { get; } = new();

    public ImportService Service { get; }

    public ImportSteps Steps { get; }

    public static byte[] FileOf(IEnumerable<LmsId> users) =>
        Encoding.UTF8.GetBytes(Header + string.Concat(users.Select(user => $"name.{user},FIRE-1,2026-11-02,1,manual\n")));

    /// <summary>Drops a file that awards FIRE-1 to all users, and takes it in.</summary>
    /// <returns>Its job, of which nothing is done yet.</returns>
    public async Task<JobId> BeginAsync()
    {
        Files.Drop("awards/a.csv", FileOf(Users));
        return ((Core.Ingestion.Ingestion.Begun)await Service.IngestAsync("awards/a.csv", CancellationToken.None)).Id;
    }

    /// <summary>Delivers one message, as the trigger does.</summary>
    /// <returns>False: there was none.</returns>
    public async Task<bool> DeliverImportAsync()
    {
        var isThere = Jobs.Queue.Imports.TryDequeue(out var id);
        await (isThere ? Steps.AdvanceAsync(id!, CancellationToken.None) : Task.CompletedTask);
        return isThere;
    }

    /// <summary>Delivers every message until none is left, each once.</summary>
    public async Task DeliverAllAsync()
    {
        do
        {
            await Jobs.DeliverAllAsync();
        }
        while (await DeliverImportAsync());
    }

    public async Task<string?> ReportAsync(JobId id)
    {
        var report = await Files.FindReportAsync(id, (await Jobs.JobAsync(id)).Import!, CancellationToken.None);
        return report is null ? null : await new StreamReader(report).ReadToEndAsync();
    }
}
