using CertFunctions.Core.Ingestion;
using CertFunctions.Testing.Ingestion;

namespace CertFunctions.Core.Tests.Ingestion;

public sealed class ImportReporterTests
{
    private const int Users = 300;

    private static readonly ImportSettings Small = new(ChunkBytes: 4_000, TimePerCall: TimeSpan.FromSeconds(10));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_of_each_row_what_became_of_it_in_the_order_of_the_file_though_chunks_and_runs_lie_between()
    {
        var (world, id) = await ImportedAsync();
        Assert.True((await world.Imports.ListChunksAsync(id, Cancellation)).Count > 2);

        var rows = (await world.ReportAsync(id))!.TrimEnd().Split('\n');

        Assert.StartsWith("username,certification_code,certification_issue_date,always_valid,type,row_status,outcome,", rows[0], StringComparison.Ordinal);
        Assert.Equal(
            world.Users.Select(user => $"name.{user},FIRE-1,2026-11-02,1,manual,ok,awarded"),
            rows.Skip(1).Select(row => string.Join(',', row.Split(',').Take(7))));
    }

    [Fact]
    public async Task Written_again_after_a_crash_it_is_the_same()
    {
        var (world, id) = await ImportedAsync();
        var first = await world.ReportAsync(id);
        var file = ((ImportWork)(await world.Jobs.JobAsync(id)).Work).File;
        var runs = world.Jobs.Awards;

        var isComplete = await new ImportReporter(new PartedReport(world.Files, world.Jobs.Clock, Small), world.Files, world.Imports, runs)
            .WriteAsync(await world.Jobs.JobAsync(id), file, await runs.ListReceiptsAsync(id, Cancellation), Cancellation);

        Assert.True(isComplete);
        Assert.Equal(first, await world.ReportAsync(id));
    }

    [Fact]
    public async Task Is_written_so_long_as_there_is_time_and_gone_on_with_by_the_next_message()
    {
        var (inOneGo, of) = await ImportedAsync();
        var world = new ImportWorld(Users, Small);
        var id = await world.BeginAsync();
        await world.Jobs.DeliverStepAsync();
        await world.Jobs.DeliverRunsAsync();
        world.Jobs.Time.AutoAdvanceAmount = Small.TimePerCall;
        var file = ((ImportWork)(await world.Jobs.JobAsync(id)).Work).File;
        var (chunks, steps) = ((await world.Imports.ListChunksAsync(id, Cancellation)).Count, 0);

        while (await world.Jobs.DeliverStepAsync())
        {
            steps++;
            Assert.Equal(steps, await world.Files.CountReportPartsAsync(new ReportDraft(file.ReportOf(id.Value), 0), Cancellation));
            Assert.Equal(steps == chunks, (await world.Jobs.JobAsync(id)).IsFinal);
        }

        Assert.Equal(chunks, steps);
        Assert.Equal(await inOneGo.ReportAsync(of), await world.ReportAsync(id));
    }

    private static async Task<(ImportWorld World, JobId Id)> ImportedAsync()
    {
        var world = new ImportWorld(Users, Small);
        var id = await world.BeginAsync();
        await world.Jobs.DeliverAllAsync();
        return (world, id);
    }
}
