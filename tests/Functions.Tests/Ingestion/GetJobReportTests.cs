using CertFunctions.Core.Ingestion;
using CertFunctions.Functions.Ingestion;
using CertFunctions.Functions.Tests.Faults;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Ingestion;

public sealed class GetJobReportTests
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("text/csv")]
    [InlineData("*/*")]
    public async Task Answers_with_CSV_whatever_the_caller_accepts(string accept)
    {
        await using var scene = await ImportScene.SetAsync(users: 1);
        var job = await scene.ImportAsync("awards/a.csv", ImportScene.FileOf(ImportScene.Row(scene.Users[0])));

        var answer = await GetAsync(scene, job.Id.Value, accept);

        Assert.Equal((200, "text/csv; charset=utf-8"), (answer.Status, answer.Headers.ContentType.ToString()));
        Assert.Contains($"a.{job.Id}.csv", answer.Headers.ContentDisposition.ToString(), StringComparison.Ordinal);
        Assert.Equal($"{ImportScene.Header},row_status,outcome,error_code,error_message,original_row\r\n{ImportScene.Row(scene.Users[0])},ok,awarded,,,\r\n", answer.Body);
    }

    [Fact]
    public async Task Says_why_there_is_none()
    {
        await using var scene = await ImportScene.SetAsync(users: 1);
        var refused = await scene.ImportAsync("awards/empty.csv", "");
        await scene.DropAsync("awards/b.csv", ImportScene.FileOf());
        await scene.TriggerAsync(scene.World.StartWorker(), "awards/b.csv");
        var waiting = (await scene.World.JobsAsync()).Single(job => !job.IsFinal);
        await scene.World.StartWorker().PostAsync(scene.Code, AwardRequests.Users(scene.Users));
        var award = (await scene.World.JobsAsync()).Single(job => job.Work is not ImportWork);

        Assert.Equal("404 report_not_found", await CodeAsync(refused.Id.Value));
        Assert.Equal("409 job_state_conflict", await CodeAsync(waiting.Id.Value));
        Assert.Equal("404 report_not_found", await CodeAsync(award.Id.Value));
        Assert.Equal("404 job_not_found", await CodeAsync(new string('a', 32)));
        Assert.Equal("400 invalid_request", await CodeAsync("nonsense"));

        async Task<string> CodeAsync(string id)
        {
            var answer = await GetAsync(scene, id);
            return $"{answer.Status} {answer.Code}";
        }
    }

    private static async Task<TestAnswer> GetAsync(ImportScene scene, string id, string accept = "*/*") => await TestAnswer.Of(
        await scene.World.StartWorker().Get<GetJobReport>().Run(
            TestRequest.Get($"/api/jobs/{id}/report").With("Accept", accept), id, CancellationToken.None));
}
