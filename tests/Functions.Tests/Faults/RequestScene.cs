using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>A group of people of two shards, none of whom holds anything: up to 100 are awarded before the answer.</summary>
internal sealed class RequestScene : IAsyncDisposable
{
    private RequestScene(World world) => World = world;

    public World World { get; }

    public required int Users { get; init; }

    public required CertificationCode Code { get; init; }

    public required LmsId Group { get; init; }

    public static async Task<RequestScene> SetAsync(int users)
    {
        var world = await World.CreateAsync();
        LmsId[] ids = [.. Seed.IdsIn(Shard.Numbered(5), users / 2), .. Seed.IdsIn(Shard.Numbered(11), users - (users / 2))];
        await world.Seed.AddUsersAsync(ids);
        return new RequestScene(world)
        {
            Users = users,
            Code = await world.Seed.AddCertificationAsync("FIRE-1"),
            Group = await world.Seed.AddGroupAsync("g-1", ids),
        };
    }

    public Task<TestAnswer> PostAsync(Worker worker, string? key = null) => worker.PostAsync(Code, AwardRequests.Group(Group), key);

    /// <summary>What is not as it would be without any fault; empty when all is.</summary>
    public async Task<IReadOnlyList<string>> FindDifferencesAsync()
    {
        var found = (await World.CheckAsync()).ToList();
        found.AddRange((await World.JobsAsync()).Where(job => job.Status != JobStatus.Completed || job.Counts.Processed != Users)
            .Select(job => $"Job {job.Id} is {job.Status} with {job.Counts}"));
        var holders = (await World.HoldersAsync(Code)).Count;
        return holders == Users ? found : [.. found, $"{holders} hold it"];
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
