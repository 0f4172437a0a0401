using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Ingestion;

namespace CertFunctions.Core.Tests.Ingestion;

public sealed class ImportServiceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ImportWorld world = new(users: 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_begun_once_and_is_gone_then()
    {
        Assert.IsType<Core.Ingestion.Ingestion.Gone>(await IngestAsync());
        Drop();

        var begun = Assert.IsType<Core.Ingestion.Ingestion.Begun>(await IngestAsync());
        Assert.IsType<Core.Ingestion.Ingestion.Gone>(await IngestAsync());
        Drop();

        Assert.Equal(new Core.Ingestion.Ingestion.Known(begun.Id), await IngestAsync());
        Assert.Null(await world.Files.FindDroppedAsync("awards/a.csv", Cancellation));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    public async Task The_timer_leaves_young_files_to_the_triggers(int seconds, int found)
    {
        Drop();
        world.Files.Drop("elsewhere/a.csv", ImportWorld.FileOf(world.Users));
        world.Jobs.Time.Advance(Patience + TimeSpan.FromSeconds(seconds));

        Assert.Equal(found, await world.Service.ReconcileAsync(Patience, Cancellation).CountAsync(Cancellation));
        Assert.Equal(found, world.Jobs.Queue.Steps.Count);
    }

    [Fact]
    public async Task A_file_whose_rows_failed_may_be_dropped_again_when_the_cause_is_mended()
    {
        var file = ImportWorld.FileOf([LmsId.Parse("u-1")]);
        world.Files.Drop("awards/a.csv", file);
        await IngestAsync();
        await world.Jobs.DeliverAllAsync();
        world.Jobs.AddUsers(2);
        world.Files.Drop("awards/a.csv", file);

        var again = Assert.IsType<Core.Ingestion.Ingestion.Begun>(await IngestAsync());
        await world.Jobs.DeliverAllAsync();
        Assert.Equal(JobStatus.Completed, (await world.Jobs.JobAsync(again.Id)).Status);

        // And from then on it is the same file as before.
        world.Files.Drop("awards/a.csv", file);
        Assert.Equal(new Core.Ingestion.Ingestion.Known(again.Id), await IngestAsync());
    }

    private void Drop() => world.Files.Drop("awards/a.csv", ImportWorld.FileOf(world.Users));

    private Task<Core.Ingestion.Ingestion> IngestAsync() => world.Service.IngestAsync("awards/a.csv", Cancellation);
}
