using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Counting;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Counts;

/// <summary>What a row of a file of the directory costs in requests to tables. Counts are exact, on any machine.</summary>
public sealed class DirectoryCountTests
{
    private const int Rows = 2_000;
    private const int Branches = 20;

    /// <summary>G19.</summary>
    [Fact]
    public async Task Members_of_a_group_cost_a_twentieth_of_a_request_each_whether_new_or_not()
    {
        await using var world = await World.CreateAsync();
        await world.Seed.AddUsersAsync(Seed.Ids(Rows));
        var file = SampleFiles.Members(Seed.Ids(Rows));

        var (added, costOfNew) = await ImportAsync(world, "groups/a.csv", file);
        var (unchanged, costOfSame) = await ImportAsync(world, "groups/b.csv", file);

        Assert.Equal((new JobCounts(Updated: Rows), new JobCounts(Skipped: Rows)), (added.Counts, unchanged.Counts));
        Assert.InRange(costOfNew, 0, 0.10);
        Assert.InRange(costOfSame, 0, 0.05);
        Assert.Empty(await world.CheckAsync());
    }

    /// <summary>G16, G17, G18: a file that creates users, each in a branch; the same again, as every night; and one that renames them all.</summary>
    [Fact]
    public async Task Users_cost_a_third_of_a_request_each_when_new_or_renamed_and_a_twentieth_when_they_are_as_they_were()
    {
        await using var world = await World.CreateAsync();
        await ImportAsync(world, "branches/a.csv", SampleFiles.Branches(Branches));

        var (created, costOfNew) = await ImportAsync(world, "users/a.csv", UsersCalled("Lovelace"));
        var (unchanged, costOfSame) = await ImportAsync(world, "users/b.csv", UsersCalled("Lovelace"));
        var (renamed, costOfRenamed) = await ImportAsync(world, "users/c.csv", UsersCalled("King"));

        Assert.Equal(
            (new JobCounts(Updated: Rows), new JobCounts(Skipped: Rows), new JobCounts(Updated: Rows)), (created.Counts, unchanged.Counts, renamed.Counts));
        Assert.InRange(costOfNew, 0, 0.30);
        Assert.InRange(costOfSame, 0, 0.05);
        Assert.InRange(costOfRenamed, 0, 0.40);
        Assert.Empty(await world.CheckAsync());

        static string UsersCalled(string lastName) => SampleFiles.Users(Seed.Ids(Rows), Branches, lastName);
    }

    /// <summary>All its awards fit one transaction: no request for each.</summary>
    [Fact]
    public async Task A_user_with_20_awards_is_deactivated_in_10_requests()
    {
        await using var world = await World.CreateAsync();
        var user = Seed.Ids(1)[0];
        await world.Seed.AddUsersAsync([user]);
        var shown = (await world.StartWorker().Get<IUserStore>().FindAsync(user, CancellationToken.None))!.Shown;
        foreach (var number in Enumerable.Range(0, 20))
        {
            var award = AwardSamples.New(await world.Seed.AddCertificationAsync($"C-{number}"), user);
            await world.StartWorker().Get<IAwardStore>().TryWriteAsync(AwardSamples.WriteOf(award, shown), CancellationToken.None);
        }

        var worker = world.StartWorker();
        await worker.Get<UserService>().DeactivateAsync(user, Precondition.None, By.Hand, CancellationToken.None);

        Assert.InRange(world.TableRequestsOf(worker), 1, 10);
        Assert.Empty(await world.CheckAsync());
    }

    [Fact]
    public async Task Branches_that_are_as_they_were_cost_a_twentieth_of_a_request_each()
    {
        await using var world = await World.CreateAsync();
        await world.Seed.AddBranchesAsync(SampleFiles.BranchNames(Rows));

        var (unchanged, cost) = await ImportAsync(world, "branches/a.csv", SampleFiles.Branches(Rows));

        Assert.Equal(new JobCounts(Skipped: Rows), unchanged.Counts);
        Assert.InRange(cost, 0, 0.05);
    }

    /// <summary>
    /// G20: usernames that lie together are looked up by ranges. A transaction of table storage writes the awards of some thirty users, each with
    /// its two lists, also when those are deactivated.
    /// </summary>
    [Fact]
    public async Task Awards_by_username_cost_a_seventh_of_a_request_each_a_tenth_when_they_are_there_and_a_fifth_when_their_users_are_deactivated()
    {
        await using var world = await World.CreateAsync();
        await world.Seed.AddCertificationAsync("FIRE-1");
        await world.Seed.AddUsersAsync(Seed.Ids(Rows));
        var file = SampleFiles.Awards(Seed.Ids(Rows));

        var (awarded, costOfNew) = await ImportAsync(world, "awards/a.csv", file);
        var (again, costOfSame) = await ImportAsync(world, "awards/b.csv", file);
        var (deactivated, costOfDeactivated) = await ImportAsync(world, "users/c.csv", SampleFiles.Deactivated(Seed.Ids(Rows)));

        Assert.Equal(
            (new JobCounts(Awarded: Rows), new JobCounts(Skipped: Rows), new JobCounts(Updated: Rows)), (awarded.Counts, again.Counts, deactivated.Counts));
        Assert.InRange(costOfNew, 0, 0.15);
        Assert.InRange(costOfSame, 0, 0.10);
        Assert.InRange(costOfDeactivated, 0, 0.20);
        Assert.Empty(await world.CheckAsync());
    }

    private static async Task<(Job Job, double RequestsPerRow)> ImportAsync(World world, string path, string text)
    {
        var import = await new CountedImports(world).RunAsync(path, text);
        TestContext.Current.TestOutputHelper?.WriteLine($"{path}: {import.RequestsPerRow}");
        return import;
    }
}
