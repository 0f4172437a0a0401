using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.Functions.Storage.Jobs;

namespace CertFunctions.Operations.Checking;

/// <summary>Everything that lies in the store, read once.</summary>
internal sealed record StoreContent
{
    /// <summary>Rows of table Awards by partition and key.</summary>
    public required IReadOnlyDictionary<(string Partition, string Key), TableEntity> Awards { get; init; }

    /// <summary>Rows of table Users by partition and key.</summary>
    public required IReadOnlyDictionary<(string Partition, string Key), TableEntity> UserRows { get; init; }

    public required IReadOnlyDictionary<LmsId, Core.Directory.User> Users { get; init; }

    public required IReadOnlyList<Job> Jobs { get; init; }

    /// <summary>The ids in the index of the jobs that are not final.</summary>
    public required IReadOnlySet<string> ActiveJobs { get; init; }

    /// <summary>Messages that wait or are being handled.</summary>
    public required IReadOnlyList<QueuedMessage> Messages { get; init; }

    /// <summary>Whether messages exist that cannot be seen: somebody has taken them.</summary>
    public required bool HasHiddenMessages { get; init; }

    public required IReadOnlyList<QueuedMessage> PoisonMessages { get; init; }

    /// <summary>Who each job of many users was for, in order, by run.</summary>
    public required IReadOnlyDictionary<JobId, IReadOnlyList<RunTasks>> RunsOf { get; init; }

    /// <summary>The award rows whose key begins with a letter.</summary>
    public IEnumerable<TableEntity> Rows(char letter) => Awards.Values.Where(row => row.RowKey[0] == letter);

    public static async Task<StoreContent> ReadAsync(StorageClients storage, IReadOnlyList<QueuedMessage> taken)
    {
        var shards = Shard.All.Select(AwardKeys.Partition).ToHashSet();
        var awards = await storage.Table(StorageNames.Tables.Awards).QueryAsync<TableEntity>().Where(row => shards.Contains(row.PartitionKey)).ToListAsync();
        var userRows = await storage.Table(StorageNames.Tables.Users).QueryAsync<TableEntity>().ToListAsync();
        var jobRows = await storage.Table(StorageNames.Tables.Jobs)
            .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {JobKeys.Partition}")).ToListAsync();
        var jobs = jobRows.Where(row => row.RowKey.StartsWith("J!", StringComparison.Ordinal)).Select(JobRow.Read).ToList();
        var (messages, hidden) = await QueuePeek.ReadAsync(
            storage, StorageNames.Queues.JobSteps, StorageNames.Queues.JobRuns, StorageNames.Queues.SmallJobRuns);
        var (poison, _) = await QueuePeek.ReadAsync(
            storage, StorageNames.Queues.JobStepsPoison, StorageNames.Queues.JobRunsPoison, StorageNames.Queues.SmallJobRunsPoison,
            StorageNames.Queues.WebhookMessagesPoison);
        return new StoreContent
        {
            Awards = awards.ToDictionary(row => (row.PartitionKey, row.RowKey)),
            UserRows = userRows.ToDictionary(row => (row.PartitionKey, row.RowKey)),
            Users = userRows.Where(IsUser).Select(UserRow.Read).ToDictionary(user => user.Id),
            Jobs = jobs,
            ActiveJobs = jobRows.Where(row => row.RowKey.StartsWith("A!", StringComparison.Ordinal)).Select(row => row.RowKey[2..]).ToHashSet(),
            Messages = [.. messages, .. taken.Where(message => !IsPoison(message))],
            HasHiddenMessages = hidden,
            PoisonMessages = [.. poison, .. taken.Where(IsPoison)],
            RunsOf = await ReadRunsAsync(storage, jobs),
        };
    }

    private static bool IsPoison(QueuedMessage message) => message.Queue.EndsWith("-poison", StringComparison.Ordinal);

    private static bool IsUser(TableEntity row) => row.GetString("userId") is { } id
        && row.PartitionKey == UserKeys.Partition(LmsId.Parse(id)) && row.RowKey == UserKeys.OfUser(LmsId.Parse(id)) && UserRow.IsUser(row);

    private static async Task<IReadOnlyDictionary<JobId, IReadOnlyList<RunTasks>>> ReadRunsAsync(StorageClients storage, IEnumerable<Job> jobs)
    {
        var manifests = new BlobManifestStore(storage.Container(StorageNames.Containers.Jobs));
        var found = new Dictionary<JobId, IReadOnlyList<RunTasks>>();
        foreach (var job in jobs)
        {
            found[job.Id] = job.Work.FewRuns is { } few ? few : await ReadRunsAsync(manifests, job);
        }

        return found;
    }

    private static async Task<IReadOnlyList<RunTasks>> ReadRunsAsync(BlobManifestStore manifests, Job job)
    {
        var runs = new List<RunTasks>();
        for (var run = 0; job.Manifest is not null && run < job.Runs; run++)
        {
            if (await manifests.FindRunAsync(job.ListedBy, job.Manifest, run, CancellationToken.None) is { } users)
            {
                runs.Add(users);
            }
        }

        return runs;
    }
}
