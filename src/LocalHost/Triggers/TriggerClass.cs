using System.Reflection;
using System.Reflection.Emit;
using CertFunctions.LocalHost.Worker;
using Microsoft.Azure.WebJobs;
using WebJobsBinder = Microsoft.Azure.WebJobs.Binder;

namespace CertFunctions.LocalHost.Triggers;

/// <summary>
/// Makes a class with one method per function, as if somebody had written
/// <c>[FunctionName("A")] public Task A([QueueTrigger("q")] string value, Binder binder, CancellationToken token)
/// => InvokeAsync("A", value, binder, token);</c>.
/// </summary>
internal sealed class TriggerClass
{
    private static readonly MethodInfo Invoke =
        typeof(TriggeredFunctions).GetMethod("InvokeAsync", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly TypeBuilder _class = AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName("TriggeredFunctions"), AssemblyBuilderAccess.Run)
        .DefineDynamicModule("TriggeredFunctions")
        .DefineType("AllFunctions", TypeAttributes.Public | TypeAttributes.Sealed, typeof(TriggeredFunctions));

    public static Type Of(IEnumerable<Function> functions)
    {
        var made = new TriggerClass();
        made.AddConstructor();
        foreach (var function in functions)
        {
            if (TriggerAttributes.Of(function) is { } attribute)
                made.AddMethod(function.Name, TriggerAttributes.ValueType(function), attribute);
        }

        return made._class.CreateType();
    }

    private void AddConstructor()
    {
        var inherited = typeof(TriggeredFunctions).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)[0];
        var body = _class.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, [typeof(IServiceProvider)]).GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldarg_1);
        body.Emit(OpCodes.Call, inherited);
        body.Emit(OpCodes.Ret);
    }

    private void AddMethod(string name, Type valueType, CustomAttributeBuilder trigger)
    {
        var method = _class.DefineMethod(
            name, MethodAttributes.Public, typeof(Task), [valueType, typeof(WebJobsBinder), typeof(CancellationToken)]);
        var functionName = typeof(FunctionNameAttribute).GetConstructor([typeof(string)])!;
        method.SetCustomAttribute(new CustomAttributeBuilder(functionName, [name]));
        method.DefineParameter(1, ParameterAttributes.None, "value").SetCustomAttribute(trigger);
        method.DefineParameter(2, ParameterAttributes.None, "binder");
        method.DefineParameter(3, ParameterAttributes.None, "cancellationToken");

        var body = method.GetILGenerator();
        body.Emit(OpCodes.Ldarg_0);
        body.Emit(OpCodes.Ldstr, name);
        body.Emit(OpCodes.Ldarg_1);
        body.Emit(OpCodes.Ldarg_2);
        body.Emit(OpCodes.Ldarg_3);
        body.Emit(OpCodes.Call, Invoke);
        body.Emit(OpCodes.Ret);
    }
}
