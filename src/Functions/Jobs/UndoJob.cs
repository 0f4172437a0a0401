using CertFunctions.Core;
using CertFunctions.Core.Awarding.Undoing;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

public sealed class UndoJob(UndoService undo, JobPosts posts)
{
    [Function(nameof(UndoJob)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/jobs/{id}/undo")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithOptionalBodyAsync(request, cancellationToken);
        var jobId = input.JobId(id);
        var isPlan = input.Body.Boolean("dryRun").Or(false);
        var confirmUsers = input.Body.Number("confirmUsers", 0, int.MaxValue).OrNull();
        var reason = input.Body.Text("reason", TextRule.Reason).OrNull();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return await posts.RunAsync(
            input, id => undo.UndoAsync(jobId, new UndoRequest(isPlan, confirmUsers, reason), input.Caller.Name, id, cancellationToken), cancellationToken);
    }
}
