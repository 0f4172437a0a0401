using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Awarding;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Storage;
using CertFunctions.LocalHost.Storage;
using CertFunctions.TestWorlds.Counting;
using CertFunctions.TestWorlds.Http;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.Functions.Tests.Counts;

/// <summary>
/// What awarding and reading the result costs in requests, where users lie as close as 10,000 do: in half of the shards, half of them.
/// Counts are exact, on any machine.
/// </summary>
public sealed class TransactionCountTests
{
    private const int Users = 10_000 / 2;
    private static readonly int Shards = Shard.Count / 2;
    private const double MostPerNewAward = 0.060;
    private const double MostPerRenewal = 0.11;
    private const double MostMessagesPerAward = 0.005;
    private const int MostPerPageOf50 = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Awarding_renewing_and_reading_stay_within_their_numbers_of_requests()
    {
        await using var azurite = await Azurite.StartNewAsync(TestFolders.New("counts"), cancellationToken: Cancellation);
        await using var app = new CountedApp(azurite.ConnectionString);
        await app.Get<LocalStorage>().EnsureAsync(Cancellation);
        var users = Enumerable.Range(0, int.MaxValue).Select(SeededUsers.User).Where(user => Shard.Of(user.Id).Number < Shards).Take(Users).ToList();
        await app.AddUsersAsync(users, Cancellation);
        foreach (var (index, members) in users.Chunk(Users / 4).Index())
        {
            await app.AddGroupAsync($"g-{index}", members, Cancellation);
        }

        await app.AddCertificationAsync("FIRE-1", Cancellation);

        await AwardAsync(app, "2028-11-24", job => job.Awarded);
        Assert.InRange(app.Counts.TableTransactions / (double)Users, 0, MostPerNewAward);
        Assert.InRange(app.Counts.Messages / (double)Users, 0, MostMessagesPerAward);

        await AwardAsync(app, "2030-11-24", job => job.Renewed);
        Assert.InRange(app.Counts.TableTransactions / (double)Users, 0, MostPerRenewal);

        await Assert_page_of_50(app);
        await Assert_one_transaction_for_what_a_user_holds(app, users[17].Id.Value);
    }

    private static async Task AwardAsync(CountedApp app, string expiresOn, Func<JobCounts, int> counted)
    {
        app.Counts.Reset();
        var request = TestRequest.Post(
            "/api/certifications/FIRE-1/awards",
            $$"""{"groups":["g-0","g-1","g-2","g-3"],"issuedOn":"2026-11-24","expiresOn":"{{expiresOn}}","confirmUsers":{{Users}}}""");
        var answer = await TestAnswer.Of(await app.Function<AwardUsers>().Run(request, "FIRE-1", Cancellation));
        await new JobPump(app, oneByOne: true).RunUntilEmptyAsync(Cancellation);
        var transactions = app.Counts.TableTransactions;

        var job = await app.Get<IJobStore>().FindAsync(JobId.Parse(answer.Json.GetProperty("id").GetString()!), Cancellation);

        Assert.Equal(JobStatus.Completed, job!.Job.Status);
        Assert.Equal(Users, counted(job.Job.Counts));
        Assert.Equal(transactions + 1, app.Counts.TableTransactions);
    }

    private static async Task Assert_page_of_50(CountedApp app)
    {
        var list = app.Function<ListAwards>();
        await list.Run(TestRequest.Get("/api/certifications/FIRE-1/awards"), "FIRE-1", Cancellation);
        app.Counts.Reset();

        var page = await TestAnswer.Of(await list.Run(TestRequest.Get("/api/certifications/FIRE-1/awards"), "FIRE-1", Cancellation));

        Assert.Equal(50, page.Json.GetProperty("items").GetArrayLength());
        Assert.InRange(app.Counts.TableTransactions, 1, MostPerPageOf50);
    }

    private static async Task Assert_one_transaction_for_what_a_user_holds(CountedApp app, string userId)
    {
        var list = app.Function<ListUserAwards>();
        await list.Run(TestRequest.Get($"/api/users/{userId}/awards"), userId, Cancellation);
        app.Counts.Reset();

        var held = await TestAnswer.Of(await list.Run(TestRequest.Get($"/api/users/{userId}/awards"), userId, Cancellation));

        Assert.Single(held.Json.GetProperty("items").EnumerateArray());
        Assert.Equal(1, app.Counts.TableTransactions);
    }
}
