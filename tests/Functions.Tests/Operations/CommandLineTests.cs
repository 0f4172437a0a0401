using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.Functions.Tests.Operations;

/// <summary>The commands of docs/operations.md, by the words that are printed there.</summary>
public sealed class CommandLineTests : IAsyncLifetime
{
    private const string Poison = StorageNames.Queues.JobRunsPoison;
    private readonly string folder = Path.Combine(TestFolders.New("operator"), "monday");
    private World world = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        world = await World.CreateAsync();
        await world.Seed.AddCertificationAsync("FIRE-1");
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Backs_up_restores_and_checks()
    {
        await using var restored = await World.CreateAsync();

        var backedUp = await RunAsync(world, "back-up", folder);
        var broughtBack = await RunAsync(restored, "restore", folder);
        var twice = await RunAsync(restored, "restore", folder);
        var checkedUp = await RunAsync(restored, "check");

        Assert.Equal((0, ""), (backedUp.ExitCode, backedUp.Errors));
        Assert.Contains($"Backed up to {folder}: ", backedUp.Output, StringComparison.Ordinal);
        Assert.Contains("Restored what was backed up at", broughtBack.Output, StringComparison.Ordinal);
        Assert.Equal((0, "Nothing contradicts itself."), (checkedUp.ExitCode, checkedUp.Output.Trim()));
        Assert.Equal(1, twice.ExitCode);
        Assert.StartsWith("The store is not empty: table Certifications", twice.Errors, StringComparison.Ordinal);
        Assert.NotNull(await restored.StartWorker().Get<ICertificationStore>().FindAsync(CertificationCode.Parse("FIRE-1"), Cancellation));
    }

    [Fact]
    public async Task Says_what_contradicts_itself()
    {
        await world.Queues.SendAsync(Poison, "not ours");

        var (exitCode, _, errors) = await RunAsync(world, "check");

        Assert.Equal(1, exitCode);
        Assert.Contains("An unexplained message lies in job-runs-poison: not ours", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_replays_and_drops_what_nobody_could_process()
    {
        await world.Queues.SendAsync(Poison, """{"v":1,"jobId":"fe5df30082ff88c9b0b1bf8439b89335","run":3}""");
        var raw = (await world.Storage.RawQueue(Poison).SendMessageAsync("no base64 %%", Cancellation)).Value.MessageId;

        var listed = await RunAsync(world, "poison", "list");
        var dropped = await RunAsync(world, "poison", "drop", Poison, "--message", raw);
        var replayed = await RunAsync(world, "poison", "replay", Poison);
        var wrong = await RunAsync(world, "poison", "drop", StorageNames.Queues.JobRuns);

        Assert.Contains("job-runs-poison: 2", listed.Output, StringComparison.Ordinal);
        Assert.Contains("""fe5df30082ff88c9b0b1bf8439b89335","run":3}""", listed.Output, StringComparison.Ordinal);
        Assert.Contains("no base64 %% (not base64 of UTF-8: the app cannot read it)", listed.Output, StringComparison.Ordinal);
        Assert.Contains("1 message dropped.", dropped.Output, StringComparison.Ordinal);
        Assert.Contains("1 message sent to job-runs again.", replayed.Output, StringComparison.Ordinal);
        Assert.Contains("job-runs is no poison queue", wrong.Errors, StringComparison.Ordinal);
        Assert.Equal(StorageNames.Queues.JobRuns, Assert.Single(await world.Queues.TakeAsync()).Queue);
    }

    [Fact]
    public async Task Says_when_no_store_is_named()
    {
        var (exitCode, _, errors) = await RunAsync("", "check");

        Assert.Equal(1, exitCode);
        Assert.Contains("No storage is configured", errors, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output, string Errors)> RunAsync(World world, params string[] arguments) => RunAsync(world.ConnectionString, arguments);

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string store, params string[] arguments)
    {
        using var process = OperationsProcess.Start([.. arguments, "--storage", store]);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await errors);
    }
}
