namespace CertFunctions.Functions.Tests.Awards;

public sealed class UnassignAwardTests
{
    [Fact]
    public async Task Takes_the_award_away_and_keeps_its_history()
    {
        var routes = await AwardRoutes.CreateAsync();
        await routes.AwardAsync("u-1");

        Assert.Equal(204, (await routes.UnassignAsync("?reason=left")).Status);

        Assert.Equal((404, "award_not_found"), (await routes.GetAsync("u-1") is var gone ? (gone.Status, gone.Code) : default));
        var versions = (await routes.HistoryAsync()).Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([(2, "revoked", "left"), (1, "awarded", "because")], versions.Select(version =>
            (version.GetProperty("version").GetInt32(), version.GetProperty("change").GetString(), version.GetProperty("reason").GetString())));
    }

    [Fact]
    public async Task Finds_nothing_to_take_away_twice()
    {
        var routes = await AwardRoutes.CreateAsync();
        await routes.AwardAsync("u-1");
        await routes.UnassignAsync();

        var again = await routes.UnassignAsync();

        Assert.Equal((404, "award_not_found"), (again.Status, again.Code));
    }

    [Theory]
    [InlineData("\"1\"", 204)]
    [InlineData("\"2\"", 412)]
    [InlineData("*", 204)]
    public async Task Honours_the_version_that_the_caller_names(string ifMatch, int status)
    {
        var routes = await AwardRoutes.CreateAsync();
        await routes.AwardAsync("u-1");

        Assert.Equal(status, (await routes.UnassignAsync(ifMatch: ifMatch)).Status);
    }

    [Fact]
    public async Task History_of_what_never_was_is_not_found()
    {
        var answer = await (await AwardRoutes.CreateAsync()).HistoryAsync();

        Assert.Equal((404, "award_not_found"), (answer.Status, answer.Code));
    }
}
