;; The kernel in WebAssembly (see kernel.ts for what it computes). Two doubles a lane pair; f64x2.pmin is one instruction.
;; All addresses and strides in bytes here.
(module
  (memory (export "memory") 1)

  ;; Four rows of two columns a step, then the rows that are left one by one.
  (func (export "product")
    (param $a i32) (param $aStride i32) (param $b i32) (param $bStride i32) (param $c i32) (param $cStride i32)
    (param $rows i32) (param $pairs i32) (param $depth i32)
    (local $pair i32) (local $d i32) (local $i i32) (local $j i32)
    (local $c0 i32) (local $c1 i32) (local $c2 i32) (local $c3 i32)
    (local $w v128) (local $x0 v128) (local $x1 v128) (local $x2 v128) (local $x3 v128)
    (block $fourDone
      (loop $four
        (br_if $fourDone (i32.lt_s (local.get $rows) (i32.const 4)))
        (local.set $pair (i32.const 0))
        (block $pairsDone
          (loop $pairLoop
            (br_if $pairsDone (i32.ge_s (local.get $pair) (local.get $pairs)))
            (local.set $c0 (i32.add (local.get $c) (i32.shl (local.get $pair) (i32.const 4))))
            (local.set $c1 (i32.add (local.get $c0) (local.get $cStride)))
            (local.set $c2 (i32.add (local.get $c1) (local.get $cStride)))
            (local.set $c3 (i32.add (local.get $c2) (local.get $cStride)))
            (local.set $x0 (v128.load align=8 (local.get $c0)))
            (local.set $x1 (v128.load align=8 (local.get $c1)))
            (local.set $x2 (v128.load align=8 (local.get $c2)))
            (local.set $x3 (v128.load align=8 (local.get $c3)))
            (local.set $d (local.get $depth))
            (local.set $i (local.get $a))
            (local.set $j (i32.add (local.get $b) (i32.shl (local.get $pair) (i32.const 4))))
            (loop $down
              (local.set $w (v128.load align=8 (local.get $j)))
              (local.set $x0 (f64x2.pmin (local.get $x0) (f64x2.add (local.get $w) (v128.load64_splat (local.get $i)))))
              (local.set $x1 (f64x2.pmin (local.get $x1) (f64x2.add (local.get $w) (v128.load64_splat offset=8 (local.get $i)))))
              (local.set $x2 (f64x2.pmin (local.get $x2) (f64x2.add (local.get $w) (v128.load64_splat offset=16 (local.get $i)))))
              (local.set $x3 (f64x2.pmin (local.get $x3) (f64x2.add (local.get $w) (v128.load64_splat offset=24 (local.get $i)))))
              (local.set $i (i32.add (local.get $i) (local.get $aStride)))
              (local.set $j (i32.add (local.get $j) (local.get $bStride)))
              (br_if $down (local.tee $d (i32.sub (local.get $d) (i32.const 1)))))
            (v128.store align=8 (local.get $c0) (local.get $x0))
            (v128.store align=8 (local.get $c1) (local.get $x1))
            (v128.store align=8 (local.get $c2) (local.get $x2))
            (v128.store align=8 (local.get $c3) (local.get $x3))
            (local.set $pair (i32.add (local.get $pair) (i32.const 1)))
            (br $pairLoop)))
        (local.set $a (i32.add (local.get $a) (i32.const 32)))
        (local.set $c (i32.add (local.get $c) (i32.shl (local.get $cStride) (i32.const 2))))
        (local.set $rows (i32.sub (local.get $rows) (i32.const 4)))
        (br $four)))
    (block $oneDone
      (loop $one
        (br_if $oneDone (i32.lt_s (local.get $rows) (i32.const 1)))
        (local.set $pair (i32.const 0))
        (block $pairsDone
          (loop $pairLoop
            (br_if $pairsDone (i32.ge_s (local.get $pair) (local.get $pairs)))
            (local.set $c0 (i32.add (local.get $c) (i32.shl (local.get $pair) (i32.const 4))))
            (local.set $x0 (v128.load align=8 (local.get $c0)))
            (local.set $d (local.get $depth))
            (local.set $i (local.get $a))
            (local.set $j (i32.add (local.get $b) (i32.shl (local.get $pair) (i32.const 4))))
            (loop $down
              (local.set $x0
                (f64x2.pmin (local.get $x0)
                  (f64x2.add (v128.load align=8 (local.get $j)) (v128.load64_splat (local.get $i)))))
              (local.set $i (i32.add (local.get $i) (local.get $aStride)))
              (local.set $j (i32.add (local.get $j) (local.get $bStride)))
              (br_if $down (local.tee $d (i32.sub (local.get $d) (i32.const 1)))))
            (v128.store align=8 (local.get $c0) (local.get $x0))
            (local.set $pair (i32.add (local.get $pair) (i32.const 1)))
            (br $pairLoop)))
        (local.set $a (i32.add (local.get $a) (i32.const 8)))
        (local.set $c (i32.add (local.get $c) (local.get $cStride)))
        (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
        (br $one))))

  ;; An edge's two weights are one vector (up, down). For x < y above v: (down x + up y, up x + down y) is offered to the edge x–y.
  (func (export "triangles")
    (param $firstEdge i32) (param $heads i32) (param $weights i32) (param $vertices i32)
    (local $vertexEnd i32) (local $i i32) (local $j i32) (local $last i32) (local $edge i32) (local $y i32) (local $own v128) (local $at i32)
    (local.set $vertexEnd (i32.add (local.get $firstEdge) (i32.shl (local.get $vertices) (i32.const 2))))
    (local.set $at (local.get $firstEdge))
    (block $done
      (loop $vertex
        (br_if $done (i32.ge_u (local.get $at) (local.get $vertexEnd)))
        (local.set $i (i32.load (local.get $at)))
        (local.set $last (i32.load offset=4 (local.get $at)))
        (block $pairsDone
          (loop $first
            (br_if $pairsDone (i32.ge_u (local.get $i) (local.get $last)))
            ;; (down, up) of the first edge
            (local.set $own
              (v128.load (i32.add (local.get $weights) (i32.shl (local.get $i) (i32.const 4)))))
            (local.set $own (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $own) (local.get $own)))
            (block $leads
              (br_if $leads (i32.eqz (i64x2.all_true (f64x2.eq (local.get $own) (f64x2.splat (f64.const inf))))))
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (br $first))
            (local.set $edge
              (i32.load (i32.add (local.get $firstEdge)
                (i32.shl (i32.load (i32.add (local.get $heads) (i32.shl (local.get $i) (i32.const 2)))) (i32.const 2)))))
            ;; from here a place in heads
            (local.set $edge (i32.add (local.get $heads) (i32.shl (local.get $edge) (i32.const 2))))
            (local.set $j (i32.add (local.get $i) (i32.const 1)))
            (block $secondsDone
              (loop $second
                (br_if $secondsDone (i32.ge_u (local.get $j) (local.get $last)))
                (local.set $y (i32.load (i32.add (local.get $heads) (i32.shl (local.get $j) (i32.const 2)))))
                (block $found
                  (loop $seek
                    (br_if $found (i32.eq (i32.load (local.get $edge)) (local.get $y)))
                    (local.set $edge (i32.add (local.get $edge) (i32.const 4)))
                    (br $seek)))
                (call $offer
                  (i32.add (local.get $weights)
                    (i32.shl (i32.sub (local.get $edge) (local.get $heads)) (i32.const 2)))
                  (f64x2.add (local.get $own)
                    (v128.load (i32.add (local.get $weights) (i32.shl (local.get $j) (i32.const 4))))))
                (local.set $j (i32.add (local.get $j) (i32.const 1)))
                (br $second)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $first)))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $vertex))))

  (func $offer (param $place i32) (param $weight v128)
    (v128.store (local.get $place) (f64x2.pmin (v128.load (local.get $place)) (local.get $weight))))
)
