using System.Text;
using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Testing.Ingestion;

/// <summary>Everything that an import needs, in memory, with users u-0, u-1, … called name.u-0, … and certification FIRE-1.</summary>
public sealed class ImportWorld
{
    private const string Header = "username,certification_code,certification_issue_date,always_valid,type\n";

    public ImportWorld(int users = 0, ImportSettings? settings = null)
    {
        Jobs = new JobWorld(importSettings: settings);
        Users = Jobs.AddUsers(users);
        Service = new ImportService(Files, Imports, Jobs.Jobs, Jobs.Service, Jobs.Clock);
    }

    public JobWorld Jobs { get; }

    public IReadOnlyList<LmsId> Users { get; }

    public FakeImportFiles Files => Jobs.Files;

    public FakeImportStore Imports => Jobs.Imports;

    public ImportService Service { get; }

    public static byte[] FileOf(IEnumerable<LmsId> users) =>
        Encoding.UTF8.GetBytes(Header + string.Concat(users.Select(user => $"name.{user},FIRE-1,2026-11-02,1,manual\n")));

    /// <summary>Drops a file that awards FIRE-1 to all users, and takes it in.</summary>
    /// <returns>Its job, of which nothing is done yet.</returns>
    public async Task<JobId> BeginAsync()
    {
        Files.Drop("awards/a.csv", FileOf(Users));
        return ((Core.Ingestion.Ingestion.Begun)await Service.IngestAsync("awards/a.csv", CancellationToken.None)).Id;
    }

    public async Task<string?> ReportAsync(JobId id)
    {
        var report = await Files.FindReportAsync(id, ((ImportWork)(await Jobs.JobAsync(id)).Work).File, CancellationToken.None);
        return report is null ? null : await new StreamReader(report).ReadToEndAsync();
    }
}
