using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class OverlapTests
{
    /// <summary>All that one transaction takes of new awards, and one more.</summary>
    private const int OneChunkAndOne = 33;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(OneChunkAndOne / 2)]
    [InlineData(OneChunkAndOne)]
    public async Task Those_of_a_chunk_who_hold_it_already_are_skipped(int held)
    {
        await using var world = await World.CreateAsync();
        var users = Seed.IdsIn(Shard.Numbered(0), OneChunkAndOne);
        await world.Seed.AddUsersAsync(users);
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        var worker = world.StartWorker();
        if (held > 0)
        {
            await worker.PostAsync(code, AwardRequests.Users(users.Take(held)));
        }

        var answer = await worker.PostAsync(code, AwardRequests.Users(users));

        Assert.Equal(held, answer.Json.GetProperty("skipped").GetInt32());
        Assert.Equal(OneChunkAndOne - held, answer.Json.GetProperty("awarded").GetInt32());
        Assert.Equal(OneChunkAndOne, (await world.HoldersAsync(code)).Count);
        Assert.Empty(await world.CheckAsync());
    }

    [Fact]
    public async Task Two_jobs_that_overlap_at_once_leave_everyone_the_longer_award()
    {
        await using var world = await World.CreateAsync();
        var users = Seed.Ids(170);
        await world.Seed.AddUsersAsync(users);
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        var first = await world.Seed.AddGroupAsync("first", users.Take(120));
        var second = await world.Seed.AddGroupAsync("second", users.Skip(50));
        await world.StartWorker().PostAsync(code, AwardRequests.Group(first, expiresOn: "2028-01-31"));
        await world.StartWorker().PostAsync(code, AwardRequests.Group(second, expiresOn: "2029-01-31"));

        await world.Queues.RunToEndAsync([.. Enumerable.Range(0, 4).Select(_ => world.StartWorker())]);

        Assert.All(await world.JobsAsync(), job => Assert.Equal(JobStatus.Completed, job.Status));
        Assert.Equal(users.Count, (await world.HoldersAsync(code)).Count);
        Assert.Equal(50, await CountExpiringAsync(world, code, "2028-01-31"));
        Assert.Equal(120, await CountExpiringAsync(world, code, "2029-01-31"));
        Assert.Empty(await world.CheckAsync());
    }

    [Fact]
    public async Task Eight_identical_jobs_and_sixty_single_awards_at_once_give_150_people_150_awards()
    {
        await using var world = await World.CreateAsync();
        var users = Seed.Ids(150);
        await world.Seed.AddUsersAsync(users);
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        var group = await world.Seed.AddGroupAsync("everyone", users);
        var workers = Enumerable.Range(0, 8).Select(_ => world.StartWorker()).ToList();
        var jobs = await Task.WhenAll(workers.Select(worker => worker.PostAsync(code, AwardRequests.Group(group))));
        Assert.All(jobs, job => Assert.Equal(202, job.Status));

        var singles = Task.WhenAll(users.Take(60).Select((user, index) => workers[index % 8].PostAsync(code, AwardRequests.Users([user]))));
        await world.Queues.RunToEndAsync(workers);

        Assert.All(await singles, single => Assert.Equal(200, single.Status));
        Assert.Equal(users.Count, (await world.HoldersAsync(code)).Count);
        Assert.Equal(users.Count, (await world.JobsAsync()).Sum(job => job.Counts.Awarded));
        Assert.Equal(users.Count, await AwardedToAsync(workers[0], code));
        Assert.Empty(await world.CheckAsync());
    }

    [Fact]
    public async Task Sixteen_writers_of_one_award_leave_as_many_versions_as_they_were_told()
    {
        await using var world = await World.CreateAsync();
        var user = Seed.Ids(1)[0];
        await world.Seed.AddUsersAsync([user]);
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        await world.StartWorker().PostAsync(code, AwardRequests.Users([user]));

        var written = await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => WriteAsync(world.StartWorker(), code, user, writer)));

        var (latest, _) = await FindAsync(world.StartWorker(), code, user);
        Assert.Equal(1 + written.Count(isWritten => isWritten), latest);
        Assert.Empty(await world.CheckAsync());
    }

    [Fact]
    public async Task Versions_go_on_over_unassigning_awarding_again_and_renewing()
    {
        await using var world = await World.CreateAsync();
        var user = Seed.Ids(1)[0];
        await world.Seed.AddUsersAsync([user]);
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        var worker = world.StartWorker();

        await worker.PostAsync(code, AwardRequests.Users([user]));
        await UnassignAsync(worker, code, user);
        await worker.PostAsync(code, AwardRequests.Users([user]));
        await worker.PostAsync(code, AwardRequests.Users([user], expiresOn: "2030-01-01"));

        Assert.Equal((4, true), await FindAsync(worker, code, user));
        Assert.Equal(1, await AwardedToAsync(worker, code));
        Assert.Empty(await world.CheckAsync());
    }

    private static async Task<bool> WriteAsync(Worker worker, CertificationCode code, LmsId user, int writer) => (writer % 3) switch
    {
        0 => await worker.PostAsync(code, AwardRequests.Users([user], $"2029-01-{writer + 1:d2}", "overwrite")) is { Status: 200 } answer
            && answer.Json.GetProperty("processed").GetInt32() == 1,
        1 => (await TestAnswer.Of(await worker.Get<EditAward>().Run(
            TestRequest.Patch("/api", $$"""{ "reason": "writer {{writer}}" }"""), code.Value, user.Value, CancellationToken.None))).Status == 200,
        _ => await UnassignAsync(worker, code, user) == 204,
    };

    private static async Task<int> UnassignAsync(Worker worker, CertificationCode code, LmsId user) => (await TestAnswer.Of(
        await worker.Get<UnassignAward>().Run(TestRequest.Delete("/api"), code.Value, user.Value, CancellationToken.None))).Status;

    private static async Task<(int Version, bool Held)> FindAsync(Worker worker, CertificationCode code, LmsId user)
    {
        var stored = await worker.Get<IAwardStore>().FindAsync(code, user, CancellationToken.None);
        return (stored!.Award.Version, stored.Award.Held);
    }

    private static async Task<int> AwardedToAsync(Worker worker, CertificationCode code) =>
        (await worker.Get<IAwardCounts>().CountHoldersAsync([code], CancellationToken.None))[code];

    private static async Task<int> CountExpiringAsync(World world, CertificationCode code, string day) => await world.Storage
        .Table(StorageNames.Tables.Awards)
        .QueryAsync<TableEntity>($"RowKey ge 'C!{code.Key}!{day}!' and RowKey lt 'C!{code.Key}!{day}!~'")
        .CountAsync();
}
