using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Tests.Awards;

public sealed class ForecastFunctionsTests
{
    [Fact]
    public async Task Answers_the_current_month_first_and_all_that_lies_around()
    {
        var routes = await AwardRoutes.CreateAsync();
        await routes.AwardAsync("u-1", new DateOnly(2026, 10, 31));
        await routes.AwardAsync("u-2", new DateOnly(2026, 11, 1));
        await routes.AwardAsync("u-3", new DateOnly(2027, 1, 1));
        await routes.AwardAsync("u-4");

        Assert.Equal(
            """{"earlier":1,"items":[{"month":"2026-11","expiring":1},{"month":"2026-12","expiring":0}],"later":1,"alwaysValid":1}""",
            (await routes.ForecastAsync("?months=2")).Body);
    }

    [Fact]
    public async Task All_certifications_are_counted_together()
    {
        var routes = await AwardRoutes.CreateAsync();
        var other = CertificationCode.Parse("FIRE-2");
        await routes.CertifyAsync(other);
        await routes.AwardAsync("u-1", new DateOnly(2026, 12, 1));
        await routes.AwardAsync("u-1", new DateOnly(2026, 12, 31), code: other);

        var answer = await routes.ForecastAllAsync();

        Assert.Equal(24, answer.Json.GetProperty("items").GetArrayLength());
        Assert.Equal(2, answer.Json.GetProperty("items")[1].GetProperty("expiring").GetInt32());
    }

    [Theory]
    [InlineData("?months=1", 200)]
    [InlineData("?months=120", 200)]
    [InlineData("?months=0", 400)]
    [InlineData("?months=121", 400)]
    [InlineData("?months=1.5", 400)]
    [InlineData("?month=1", 400)]
    public async Task Takes_1_to_120_months(string query, int status)
    {
        var routes = await AwardRoutes.CreateAsync();

        Assert.Equal((status, status), ((await routes.ForecastAsync(query)).Status, (await routes.ForecastAllAsync(query)).Status));
    }

    [Fact]
    public async Task Of_an_unknown_certification_there_is_none()
    {
        var answer = await (await AwardRoutes.CreateAsync()).ForecastAsync(code: "nope");

        Assert.Equal((404, "certification_not_found"), (answer.Status, answer.Code));
    }
}
