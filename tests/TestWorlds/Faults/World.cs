using System.Collections.Concurrent;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Functions.Storage.Jobs;
using CertFunctions.Operations.Checking;
using CertFunctions.TestWorlds.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.TestWorlds.Faults;

/// <summary>A storage account of its own, the processes that work on it, and a clock that stands still unless it is told to go.</summary>
public sealed class World : IAsyncDisposable
{
    private readonly ConcurrentBag<Worker> workers = [];

    private World(string connectionString)
    {
        ConnectionString = connectionString;
        Storage = Emulator.Clients(connectionString);
        Seed = new Seed(Storage, Time);
        Queues = new JobQueues(Storage);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));

    public string ConnectionString { get; }

    /// <summary>For the test's own eyes and hands: no faults.</summary>
    public StorageClients Storage { get; }

    public Seed Seed { get; }

    public JobQueues Queues { get; }

    /// <summary>Settings of the app.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Into how large chunks files are cut, and how long one message reads.</summary>
    public ImportSettings Imports { get; set; } = ImportSettings.Default;

    public static async Task<World> CreateAsync() => new(await Emulator.NewAccountAsync());

    public Worker StartWorker(Func<StorageCall, Fault?>? onCall = null)
    {
        var worker = new Worker(ConnectionString, Time, Settings, Imports);
        if (onCall is not null)
        {
            worker.Storage.OnCall = call => Task.FromResult(onCall(call));
        }

        workers.Add(worker);
        return worker;
    }

    /// <summary>A process that was started with another connection.</summary>
    public Worker StartWorkerOn(string connectionString) => new(connectionString, Time, Settings, Imports);

    /// <summary>How many requests to tables a process has made so far, each try of its own.</summary>
    public int TableRequestsOf(Worker worker)
    {
        var port = Storage.Tables.Uri.Port;
        return worker.Storage.Calls.Count(call => call.Request.Uri.Port == port);
    }

    /// <summary>What the store contradicts itself in; empty when all is well. Only for a world at rest.</summary>
    public Task<IReadOnlyList<string>> CheckAsync() => StoreCheck.RunAsync(Storage, Queues.InFlight);

    /// <summary>Who holds a certification, by the truths alone, in the order of shards and ids.</summary>
    public async Task<IReadOnlyList<LmsId>> HoldersAsync(CertificationCode code)
    {
        var key = code.Key;
        return await Storage.Table(StorageNames.Tables.Awards)
            .QueryAsync<TableEntity>("RowKey ge 'U!' and RowKey lt 'U~'")
            .Where(row => row.GetString(AwardRow.CodeKey) == key && row.GetBoolean(AwardRow.Held) == true)
            .Select(row => LmsId.Parse(row.GetString("userId")))
            .ToListAsync();
    }

    /// <summary>All jobs, newest first.</summary>
    public async Task<IReadOnlyList<Job>> JobsAsync() => (await new TableJobStore(Storage.Table(StorageNames.Tables.Jobs), TestAudit.OutboxOn(Storage))
        .ListAsync(JobFilter.All, new PageRequest(Limits.PageSize, null), CancellationToken.None)).Items;

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers)
        {
            await worker.DisposeAsync();
        }
    }
}
