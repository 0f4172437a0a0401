using CertFunctions.LocalHost.Storage;
using CertFunctions.Operations.Checking;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.LocalHost;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.EndToEnd.Tests.Awarding;

public sealed class InterruptedJobTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_in_whose_middle_the_worker_is_killed_completes_exactly()
    {
        await using var host = await HostProcess.StartAsync(cancellationToken: Cancellation);

        await PlayAsync(host, people: 5_000, interrupt: () =>
        {
            host.KillWorker();
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_job_in_whose_middle_the_storage_stops_and_starts_again_completes_exactly()
    {
        await using var azurite = await Azurite.StartNewAsync(TestFolders.New("azurite"), cancellationToken: Cancellation);
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { Storage = azurite }, Cancellation);

        await PlayAsync(host, people: 3_000, interrupt: async () =>
        {
            await azurite.StopAsync();
            await Task.Delay(TimeSpan.FromSeconds(1), Cancellation);
            await azurite.StartAsync(Cancellation);
        });
    }

    private static async Task PlayAsync(HostProcess host, int people, Func<Task> interrupt)
    {
        var (lms, storage) = (new LmsClient(host.Client), Emulator.Clients(host.ConnectionString));
        // Tables are made before the first request that needs them.
        await lms.PutAsync("api/certifications/KEPT", new { title = "Survives" });
        var seed = new Seed(storage, TimeProvider.System);
        var ids = Seed.Ids(people, "kept-");
        await seed.AddUsersAsync(ids);
        var groups = await Task.WhenAll(ids.Chunk(500).Select((members, number) => seed.AddGroupAsync($"kept-{number}", members)));
        var (_, queued) = await lms.AwardAsync("KEPT", new { groups = groups.Select(group => group.Value), alwaysValid = true, confirmUsers = people });

        int? interruptedAt = null;
        var job = await lms.UntilFinalAsync(queued.GetProperty("id").GetString()!, onProgress: async now =>
        {
            if (interruptedAt is null && now.GetProperty("processed").GetInt32() is > 0 and var processed && processed < people)
            {
                interruptedAt = processed;
                await interrupt();
            }
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"Interrupted at {interruptedAt} of {people}.");
        Assert.NotNull(interruptedAt);
        Assert.Equal("completed", job.GetProperty("status").GetString());
        Assert.Equal(people, job.GetProperty("awarded").GetInt32());
        Assert.Equal(people, await lms.AwardedToAsync("KEPT"));
        Assert.Empty(await StoreCheck.RunAsync(storage));
    }
}
