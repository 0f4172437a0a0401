using System.Text;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Ingestion;
using CertFunctions.Testing.Jobs;
using CsCheck;

namespace CertFunctions.Core.Tests.Ingestion;

/// <summary>Several rows of one person and certification in one file.</summary>
public sealed class TrainingHistoryTests
{
    private const string Header = "username,certification_code,certification_issue_date,certification_expire_date,always_valid,type\n";

    /// <summary>So small that the rows of a person come in chunks of their own, or two in one.</summary>
    private static readonly ImportSettings Small = new(ChunkBytes: 120, TimePerCall: TimeSpan.FromHours(1));

    private static readonly string[] Expiring = ["2020-05-01,2022-05-01,0", "2022-04-01,2024-04-01,0", "2024-03-01,2026-03-01,0", "2026-02-01,2028-02-01,0"];
    private static readonly string[] Lasting = ["2020-05-01,,1", "2022-04-01,,1", "2024-03-01,,1", "2024-02-01,2026-02-01,0"];

    [Fact]
    public void The_newest_is_held_in_the_end_whatever_the_order() => Gen.Select(Gen.Shuffle(Expiring), Gen.Shuffle(Lasting), Gen.Bool).Sample(
        (expiring, lasting, isInChunks) =>
        {
            var rows = expiring.Select(row => $"name.u-0,FIRE-1,{row},manual\n").Zip(lasting.Select(row => $"NAME.u-1,fire-1,{row},manual\n")).Select(two => two.First + two.Second);
            var (world, job) = ImportAsync(Header + string.Concat(rows), isInChunks ? Small : ImportSettings.Default).GetAwaiter().GetResult();

            Assert.Equal((2, 0, 8), (job.Counts.Awarded, job.Counts.Failed, job.Counts.Processed));
            Assert.Equal("2026-02-01 2028-02-01", HeldBy(world, "u-0"));
            Assert.Equal("2024-03-01 ", HeldBy(world, "u-1"));
            Assert.Equal(2, world.Jobs.HoldersAsync().GetAwaiter().GetResult());
        },
        iter: 60);

    [Fact]
    public async Task What_never_expires_and_was_held_before_the_file_came_stays()
    {
        var (world, _) = await ImportAsync(Header + "name.u-0,FIRE-1,2019-01-01,,1,manual\n", ImportSettings.Default);

        var job = await ImportAsync(world, "b", Header + "name.u-0,FIRE-1,2020-05-01,,1,manual\nname.u-0,FIRE-1,2022-05-01,,1,manual\n");

        Assert.Equal(new JobCounts(Skipped: 2), job.Counts);
        Assert.Equal("2019-01-01 ", HeldBy(world, "u-0"));
    }

    [Fact]
    public async Task Histories_of_a_thousand_people_come_to_few_runs()
    {
        var years = Enumerable.Range(2000, 5).Select(year => $"{year}-01-01,{year + 1}-01-01,0");
        var rows = Enumerable.Range(0, 1_000).SelectMany(user => years.Select(dates => $"name.u-{user},FIRE-1,{dates},manual\n"));
        var (world, job) = await ImportAsync(Header + string.Concat(rows), ImportSettings.Default, users: 1_000);

        Assert.Equal((JobStatus.Completed, 1_000, 5_000), (job.Status, job.Counts.Awarded, job.Counts.Processed));
        Assert.InRange(job.Runs, 5, 5 * Shard.Count);
        Assert.Equal("2004-01-01 2005-01-01", HeldBy(world, "u-999"));
    }

    [Fact]
    public async Task A_row_that_names_two_people_awards_neither_and_leaves_the_other_rows_alone()
    {
        const string Both = "user_id,username,certification_code,certification_issue_date,certification_expire_date,always_valid,type\n";
        var world = new ImportWorld(users: 3);
        world.Files.Drop("awards/a.csv", Encoding.UTF8.GetBytes(Both
            + "u-0,name.u-1,FIRE-1,2026-01-01,,1,manual\n" // two people
            + "u-9,name.u-1,FIRE-1,2026-01-01,,1,manual\n" // one of them nobody
            + "u-0,name.u-0,FIRE-1,2026-01-01,,1,manual\n" // one person
            + "u-2,name.u-2,FIRE-1,2026-01-01,,1,manual\n" // one person, renamed before the run
            + "u-1,,FIRE-1,2026-01-01,,1,manual\n"));
        var id = ((Core.Ingestion.Ingestion.Begun)await world.Service.IngestAsync("awards/a.csv", CancellationToken.None)).Id;
        await world.Jobs.DeliverStepAsync();
        world.Jobs.Users.Add(JobWorld.UserOf(LmsId.Parse("u-2")) with { Username = "renamed" });

        await world.Jobs.DeliverAllAsync();

        var codes = (await world.ReportAsync(id))!.TrimEnd().Split('\n').Skip(1).Select(row => row.Split(',')[9]);
        Assert.Equal(["user_mismatch", "user_not_found", "", "user_mismatch", ""], codes);
        Assert.Equal(2, await world.Jobs.HoldersAsync());
    }

    private static async Task<(ImportWorld World, Job Job)> ImportAsync(string text, ImportSettings settings, int users = 2)
    {
        var world = new ImportWorld(users, settings);
        return (world, await ImportAsync(world, "a", text));
    }

    private static async Task<Job> ImportAsync(ImportWorld world, string name, string text)
    {
        world.Files.Drop($"awards/{name}", Encoding.UTF8.GetBytes(text));
        var begun = Assert.IsType<Core.Ingestion.Ingestion.Begun>(await world.Service.IngestAsync($"awards/{name}", CancellationToken.None));
        await world.Jobs.DeliverAllAsync();
        return await world.Jobs.JobAsync(begun.Id);
    }

    private static string HeldBy(ImportWorld world, string userId)
    {
        var award = world.Jobs.Awards.FindAsync(JobWorld.Fire, LmsId.Parse(userId), CancellationToken.None).GetAwaiter().GetResult()!.Award;
        return $"{CalendarDate.ToText(award.IssuedOn)} {(award.ExpiresOn is { } day ? CalendarDate.ToText(day) : "")}";
    }
}
