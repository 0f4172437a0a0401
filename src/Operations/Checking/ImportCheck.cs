using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CsvHelper;

namespace CertFunctions.Operations.Checking;

/// <summary>Every import that ended well has a report with a row for each task, of which as many are errors as failed.</summary>
internal static class ImportCheck
{
    public static async Task<IReadOnlyList<string>> FindAsync(StoreContent content, StorageClients storage)
    {
        var found = new List<string>();
        var ended = content.Jobs.Where(job => job is { Work: IFileWork, Status: JobStatus.Completed or JobStatus.CompletedWithErrors });
        foreach (var job in ended)
        {
            var file = ((IFileWork)job.Work).File;
            var report = storage.Container(StorageNames.Containers.ImportReports).GetBlobClient(file.ReportOf(job.Id.Value));
            if (!await report.ExistsAsync())
            {
                found.Add($"Job {job.Id}: is {job.Status} and has no report");
                continue;
            }

            await using var text = await report.OpenReadAsync();
            var (rows, errors) = Count(text, file.Format!);
            if (rows != job.Total || errors != job.Counts.Failed)
            {
                found.Add($"Job {job.Id}: has {job.Total} rows and {job.Counts.Failed} errors, its report {rows} and {errors}");
            }
        }

        return found;
    }

    private static (int Rows, int Errors) Count(Stream report, CsvFormat format)
    {
        using var csv = CsvReader.Create(format.Utf8Stream(report), new CsvReaderOptions { Separator = format.Separator });
        var (rows, errors) = (0, 0);
        while (csv.Read())
        {
            rows++;
            errors += csv.GetString("row_status") == "error" ? 1 : 0;
        }

        return (rows, errors);
    }
}
