using CertFunctions.Operations.Checking;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.EndToEnd.Tests.Awarding;

public sealed class WorkerKilledTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const int Users = 5_000;

    [Fact]
    public async Task A_job_in_whose_middle_the_worker_is_killed_completes_exactly()
    {
        var lms = app.Lms;
        var people = Seed.Ids(Users, "kill-");
        await app.Seed.AddUsersAsync(people);
        var groups = await Task.WhenAll(people.Chunk(500).Select((members, number) => app.Seed.AddGroupAsync($"kill-{number}", members)));
        await lms.PutAsync("api/certifications/KILL", new { title = "Survives" });
        var (_, queued) = await lms.AwardAsync(
            "KILL", new { groups = groups.Select(group => group.Value), alwaysValid = true, confirmUsers = Users });

        var killed = new List<int>();
        var job = await lms.UntilFinalAsync(queued.GetProperty("id").GetString()!, onProgress: now =>
        {
            if (killed.Count == 0 && now.GetProperty("processed").GetInt32() is > 0 and < Users)
            {
                killed.Add(now.GetProperty("processed").GetInt32());
                app.Host.KillWorker();
            }

            return Task.CompletedTask;
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"Killed at {string.Join(' ', killed)} of {Users}.");
        Assert.Single(killed);
        Assert.Equal("completed", job.GetProperty("status").GetString());
        Assert.Equal(Users, job.GetProperty("awarded").GetInt32());
        Assert.Equal(Users, await lms.AwardedToAsync("KILL"));
        Assert.Empty(await StoreCheck.RunAsync(app.Storage));
    }
}
