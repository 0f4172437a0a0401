using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Core.Jobs;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Counts;

/// <summary>What completions cost in requests. Counts are exact, on any machine.</summary>
public sealed class CompletionCountTests
{
    private const int Users = 1_000;

    /// <summary>24 users a transaction; about half of it is what any job costs, however few are awarded.</summary>
    private const double MostPerRetroactiveAward = 0.11;

    private static readonly Activity Course = new(ActivityType.Course, LmsId.Parse("C-101"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The user, the completion, what lists the activity; then award, count and transaction of each certification; the user again.</summary>
    [Theory]
    [InlineData(0, 3, 4)]
    [InlineData(1, 9, 6)]
    [InlineData(2, 14, 7)]
    public async Task A_completion_costs_5_requests_for_each_certification_that_lists_it(int certifications, int requests, int requestsAgain)
    {
        await using var world = await World.CreateAsync();
        await world.Seed.AddUsersAsync(Seed.Ids(2));
        await world.Seed.AddCertificationAsync("OTHER");
        for (var n = 0; n < certifications; n++)
        {
            await world.Seed.AddCertificationAsync($"FIRE-{n}", certification => certification with { Activities = [Course] });
        }

        var worker = world.StartWorker();
        await ApplyAsync(worker, Seed.Ids(2)[0]);

        Assert.Equal(requests, await CountAsync(worker, () => ApplyAsync(worker, Seed.Ids(2)[1])));
        Assert.Equal(requestsAgain, await CountAsync(worker, () => ApplyAsync(worker, Seed.Ids(2)[1])));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(Users)]
    public async Task Asking_for_retroactive_awards_without_a_number_reads_each_shard_once_and_no_more_for_more_users(int users)
    {
        await using var world = await World.CreateAsync();
        var ids = Seed.IdsIn(Shard.Numbered(4), users);
        await world.Seed.AddUsersAsync(ids);
        await world.Seed.AddCompletionsAsync(ids.Select(id => new Completion(id, Course, "Fire", new DateOnly(2026, 1, 5))));
        var code = await world.Seed.AddCertificationAsync("FIRE-1", certification => certification with { Activities = [Course] });
        var worker = world.StartWorker();

        await AskAsync(worker, code, new RetroactiveRequest(ConfirmUsers: users));
        var requests = await CountAsync(worker, () => AskAsync(worker, code, new RetroactiveRequest()));
        var confirmed = await CountAsync(worker, () => AskAsync(worker, code, new RetroactiveRequest(ConfirmUsers: users)));

        TestContext.Current.TestOutputHelper?.WriteLine($"{requests} requests, {confirmed} with the number");
        Assert.InRange(requests - confirmed, 0, Shard.Count + 1);

        Task AskAsync(Worker by, CertificationCode certification, RetroactiveRequest request) => by.Get<RetroactiveService>().AwardAsync(
            certification, request, "ada", new ReservedJobId(JobId.New(world.Time.GetUtcNow()), IsNew: true), Cancellation);
    }

    [Fact]
    public async Task A_retroactive_award_costs_a_fraction_of_a_request()
    {
        await using var world = await World.CreateAsync();
        var users = Seed.IdsIn(Shard.Numbered(4), Users);
        await world.Seed.AddUsersAsync(users);
        await world.Seed.AddCompletionsAsync(users.Select(id => new Completion(id, Course, "Fire", new DateOnly(2026, 1, 5))));
        var code = await world.Seed.AddCertificationAsync("FIRE-1", certification => certification with { Activities = [Course] });
        var worker = world.StartWorker();

        var requests = await CountAsync(worker, async () =>
        {
            await worker.Get<RetroactiveService>().AwardAsync(code, new RetroactiveRequest(ConfirmUsers: Users), "ada", new ReservedJobId(JobId.New(world.Time.GetUtcNow()), IsNew: false), Cancellation);
            await world.Queues.RunToEndAsync(worker);
        });

        Assert.Equal(new JobCounts(Awarded: Users), Assert.Single(await world.JobsAsync()).Counts);
        TestContext.Current.TestOutputHelper?.WriteLine($"{requests} requests for {Users} users");
        Assert.InRange(requests / (double)Users, 0, MostPerRetroactiveAward);
    }

    private static async Task<int> CountAsync(Worker worker, Func<Task> action)
    {
        var before = worker.Storage.Calls.Count;
        await action();
        return worker.Storage.Calls.Count - before;
    }

    private static async Task ApplyAsync(Worker worker, LmsId userId)
    {
        var provenance = new Provenance("lms", DateTimeOffset.UnixEpoch.AddYears(56), null, new Origin(MessageId: "m-1"));
        var completion = new Completion(userId, Course, "Fire", new DateOnly(2026, 1, 5));
        var outcome = await worker.Get<CompletionService>().ApplyAsync(completion, provenance, Cancellation);
        Assert.IsType<Outcome<IReadOnlyList<CompletionResult>>.Done>(outcome);
    }
}
