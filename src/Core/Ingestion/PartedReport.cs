using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion;

/// <summary>Writes a report part by part, for a while at a time: it is gone on with where it was left.</summary>
public sealed class PartedReport(IImportFiles files, OrganisationClock clock, ImportSettings settings)
{
    /// <param name="job">A retry writes its report anew.</param>
    /// <param name="parts">How many the report has.</param>
    /// <param name="write">Writes one of them. The same part is always the same.</param>
    /// <returns>Whether the report is complete; else another call goes on.</returns>
    public async Task<bool> WriteAsync(Job job, ImportFile file, int parts, Func<int, Stream, Task> write, CancellationToken cancellationToken)
    {
        var report = new ReportDraft(file.ReportOf(job.Id.Value), job.Turn.RetriedIn);
        var written = await files.CountReportPartsAsync(report, cancellationToken);
        var until = clock.Now + settings.TimePerCall;
        for (var number = written; number < parts; number++)
        {
            if (number > written && clock.Now >= until)
            {
                return false;
            }

            using var part = new MemoryStream();
            await write(number, part);
            part.Position = 0;
            await files.WriteReportPartAsync(report, number, part, cancellationToken);
        }

        await files.CompleteReportAsync(report, parts, cancellationToken);
        return true;
    }
}
