using System.Diagnostics;
using System.Globalization;
using CertFunctions.Operations.Checking;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.EndToEnd.Tests.Awarding;

public sealed class LargeJobTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const int Users = 10_000;

    /// <summary>In the partition of a large group the emulator takes seconds for each transaction.</summary>
    private const int GroupSize = 500;

    /// <summary>A worker that has just started takes about a third of it.</summary>
    private const int MostMegabytes = 400;

    [Fact]
    public async Task Ten_thousand_people_are_awarded_through_the_queue_in_bounded_memory()
    {
        var lms = app.Lms;
        var people = Seed.Ids(Users, "many-");
        await app.Seed.AddUsersAsync(people);
        var groups = await Task.WhenAll(people.Chunk(GroupSize).Select((members, number) => app.Seed.AddGroupAsync($"group-{number}", members)));
        await lms.PutAsync("api/certifications/MANY", new { title = "Ten thousand", validity = new { value = 2, unit = "years" } });
        var before = PeakMegabytes();

        var watch = Stopwatch.StartNew();
        var (status, queued) = await lms.AwardAsync("MANY", new { groups = groups.Select(group => group.Value), issuedOn = "2026-11-24", confirmUsers = Users });
        Assert.Equal(202, status);
        var job = await lms.UntilFinalAsync(queued.GetProperty("id").GetString()!);
        var took = watch.Elapsed;

        var peak = PeakMegabytes();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Users} awards in {took.TotalSeconds:f1} s; the worker's peak memory went from {before} to {peak} MB.");
        Assert.Equal("completed", job.GetProperty("status").GetString());
        Assert.Equal((Users, Users), (job.GetProperty("total").GetInt32(), job.GetProperty("awarded").GetInt32()));
        Assert.Equal(Users, await lms.AwardedToAsync("MANY"));
        Assert.InRange(peak, 1, MostMegabytes);
        Assert.Empty(await StoreCheck.RunAsync(app.Storage));
    }

    private int PeakMegabytes()
    {
        const string Peak = "VmHWM:";
        var line = File.ReadLines($"/proc/{app.Host.WorkerPid}/status").First(line => line.StartsWith(Peak, StringComparison.Ordinal));
        return int.Parse(line[Peak.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024;
    }
}
